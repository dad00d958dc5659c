from django.urls import path

from . import views

app_name = "parties"
urlpatterns = [
    path("", views.on_map, name="list"),
    path("regneark/", views.as_table, name="table"),
    path("register/", views.register, name="register"),
    path("ophoerer/", views.ending, name="ending"),
    path("<str:party_id>/", views.party, name="party"),
]
