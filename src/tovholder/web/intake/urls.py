from django.urls import path

from . import views

app_name = "intake"
urlpatterns = [
    path("", views.listing, name="list"),
    path("upload/", views.upload, name="upload"),
    path("<str:source_id>/", views.source, name="source"),
    path("forslag/<int:proposal_id>/", views.decide, name="decide"),
]
