from django.urls import path

from . import views

app_name = "threads"
urlpatterns = [path("", views.listing, name="list")]
