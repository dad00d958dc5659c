from django.urls import path

from . import views, voting

app_name = "live"
urlpatterns = [
    path("<slug:code>", views.conference, name="conference"),
    path("<slug:code>/", views.conference),
    path("<slug:code>/skriv/<str:question_id>", views.write, name="write"),
    path("<slug:code>/tekst", views.afterwards, name="afterwards"),
    path("<slug:code>/stem", voting.turn, name="turn"),
    path("<slug:code>/vote", voting.vote, name="vote"),
    path("<slug:code>/hvem", voting.who, name="who"),
    path("<slug:code>/skaerm", views.hall, name="hall"),
    path("<slug:code>/qr.svg", views.qr, name="qr"),
]
