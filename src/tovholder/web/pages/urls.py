from django.urls import path

from . import acting, machine, views

urlpatterns = [
    path("om/dine-ord/", views.privacy, name="privacy"),
    path("om/tilgaengelighed/", views.accessibility, name="accessibility"),
    path("om/kontakt/", views.contact, name="contact"),
    path("aarshjul/", views.year, name="year"),
    path("design/", views.gallery, name="gallery"),
    path("sprog/", acting.language, name="set_language"),
    path("paa-vegne-af/", acting.on_behalf, name="on_behalf"),
    path("healthz", machine.healthz, name="healthz"),
    path("readyz", machine.readyz, name="readyz"),
    path(".well-known/security.txt", machine.security_txt, name="security_txt"),
]
