from django.urls import include, path

from tovholder.web.pages import views as pages

handler400 = "tovholder.web.errors.bad_request"
handler403 = "tovholder.web.errors.forbidden"
handler404 = "tovholder.web.errors.not_found"
handler500 = "tovholder.web.errors.server_error"

urlpatterns = [
    path("", pages.front, name="front"),
    path("", include("tovholder.web.pages.urls")),
    path("konto/", include("tovholder.web.accounts.urls")),
    path("parter/", include("tovholder.web.parties.urls")),
    path("dialog/", include("tovholder.web.dialogue.urls")),
    path("v/", include("tovholder.web.live.urls")),
    path("ordstyrer/", include("tovholder.web.moderation.urls")),
    path("kilder/", include("tovholder.web.intake.urls")),
    path("planer/", include("tovholder.web.plans.urls")),
    path("hoeringer/", include("tovholder.web.consultations.urls")),
    path("indsatser/", include("tovholder.web.initiatives.urls")),
    path("maal/", include("tovholder.web.findings.urls")),
    path("", include("tovholder.web.findings.opinion_urls")),
    path("", include("tovholder.web.findings.coding_urls")),
    path("traade/", include("tovholder.web.threads.urls")),
    path("soeg/", include("tovholder.web.search.urls")),
]
