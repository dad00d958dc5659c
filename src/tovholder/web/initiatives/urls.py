from django.urls import path

from . import reading, telling

app_name = "initiatives"
urlpatterns = [
    path("", reading.listing, name="list"),
    path("ny/", telling.new_initiative, name="new"),
    path("program/nyt/", telling.new_programme, name="new_programme"),
    path("program/<str:programme_id>/", reading.programme, name="programme"),
    path("program/<str:programme_id>/partner/", telling.programme_partner, name="programme_partner"),
    path("<str:initiative_id>/", reading.initiative, name="initiative"),
    path("<str:initiative_id>/partner/", telling.partner, name="partner"),
    path("<str:initiative_id>/penge/", telling.funding, name="funding"),
    path("<str:initiative_id>/erfaring/", telling.experience, name="experience"),
    path("<str:initiative_id>/det-goer-vi-ogsaa/", telling.do_it_too, name="do_it_too"),
    path("<str:initiative_id>/afslut/", telling.end, name="end"),
]
