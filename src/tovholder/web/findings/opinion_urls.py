from django.urls import path

from . import opinion, opinion_hall, publishing

app_name = "opinion"
urlpatterns = [
    path("v/<slug:code>/enige", opinion.agreement, name="agreement"),
    path("v/<slug:code>/enige/nyt", opinion.fresh, name="fresh"),
    path("v/<slug:code>/enige/udgiv", publishing.publish, name="publish"),
    path("v/<slug:code>/enige.csv", opinion.as_csv, name="csv"),
    path("v/<slug:code>/enige.json", opinion.as_json, name="json"),
    path("v/<slug:code>/enige/<str:statement_id>", opinion.why, name="why"),
    path("v/<slug:code>/kort", opinion_hall.hall, name="hall"),
    path("metode/enighed", opinion.method, name="method"),
    path("fund/", publishing.findings, name="findings"),
    path("fund/<str:finding_id>/", publishing.finding, name="finding"),
    path("fund/<str:finding_id>/tilbage", publishing.withdraw, name="withdraw"),
]
