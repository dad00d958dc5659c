from django.urls import path

from . import views

app_name = "findings"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<str:goal_id>/", views.goal, name="goal"),
]
