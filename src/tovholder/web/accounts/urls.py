"""Only what a log-in by invitation needs: nobody signs up here, and nobody keeps mail addresses here."""

from allauth.account import views as account
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path, re_path

from . import invitations, outside_log_in, views

urlpatterns = [
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("min/", views.home, name="account_home"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inaktiv/", account.account_inactive, name="account_inactive"),
    path("opret/", views.nothing_here, name="account_signup"),
    path("adgangskode/skift/", account.password_change, name="account_change_password"),
    path("adgangskode/ingen/", views.no_password, name="account_set_password"),
    path("adgangskode/glemt/", account.password_reset, name="account_reset_password"),
    path("adgangskode/glemt/sendt/", account.password_reset_done, name="account_reset_password_done"),
    path("adgangskode/ny/klar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^adgangskode/ny/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("udefra/<str:provider_id>/login/", outside_log_in.patient(oidc.login), name="openid_connect_login"),
    path("udefra/<str:provider_id>/login/callback/", outside_log_in.patient(oidc.callback), name="openid_connect_callback"),
    path("udefra/afbrudt/", outside.login_cancelled, name="socialaccount_login_cancelled"),
    path("udefra/fejl/", outside.login_error, name="socialaccount_login_error"),
    path("udefra/kendt/", views.known_already, name="socialaccount_signup"),
    path("udefra/", views.nothing_here, name="socialaccount_connections"),
]
