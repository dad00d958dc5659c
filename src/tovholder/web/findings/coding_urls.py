from django.urls import path

from . import campaigns, coding, coding_book

app_name = "coding"
urlpatterns = [
    path("kodning/", coding_book.listing, name="list"),
    path("kodning/begynd", coding_book.make, name="make"),
    path("kodning/foreslaaet/<int:suggestion_id>/afvis", coding.reject, name="reject"),
    path("kodning/<str:codebook_id>/", coding.desk, name="desk"),
    path("kodning/<str:codebook_id>/bog", coding_book.book, name="book"),
    path("kodning/<str:codebook_id>/ny-kode", coding_book.add, name="add"),
    path("kodning/<str:codebook_id>/vejledning", coding_book.guide, name="guide"),
    path("metode/kodning", coding_book.method, name="method"),
    path("ens-svar/konference/<str:conference_id>/", campaigns.of_conference, name="conference_campaigns"),
    path("ens-svar/hoering/<str:consultation_id>/", campaigns.of_consultation, name="consultation_campaigns"),
]
