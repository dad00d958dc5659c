from django.urls import path

from . import views

app_name = "moderation"
urlpatterns = [
    path("", views.desks, name="list"),
    path("<str:conference_id>/", views.desk, name="queue"),
    path("<str:conference_id>/<str:statement_id>/", views.desk, name="item"),
    path("<str:conference_id>/<str:statement_id>/afgoer", views.decide, name="decide"),
    path("<str:conference_id>/<str:statement_id>/oprindelig", views.original, name="original"),
]
