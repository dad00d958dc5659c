from django.urls import path

from . import answering, desk, files, keeping, rounds

app_name = "consultations"
urlpatterns = [
    path("", rounds.listing, name="list"),
    path("aabn/<str:version_id>/", keeping.open_round, name="open"),
    path("svar/<str:response_id>/", answering.response, name="response"),
    path("svar/<str:response_id>/gennemse/", answering.review, name="review"),
    path("svar/<str:response_id>/kvittering/", answering.receipt, name="receipt"),
    path("svar/<str:response_id>/traek/", answering.withdraw, name="withdraw"),
    path("svar/<str:response_id>/tag-med/", answering.ask_in, name="ask_in"),
    path("svar/<str:response_id>/underskrivere/", answering.ask_signers, name="ask_signers"),
    path("svar/<str:response_id>/luk-runden/", answering.close_signers, name="close_signers"),
    path("svar/<str:response_id>/frigiv/", desk.release, name="release"),
    path("underskriver/<int:signer_id>/", answering.sign, name="sign"),
    path("bemaerkning/<str:remark_id>/", rounds.remark, name="remark"),
    path("bemaerkning/<str:remark_id>/vurdering/", desk.verdict, name="verdict"),
    path("bemaerkning/<str:remark_id>/plads/", desk.code, name="code"),
    path("bemaerkning/<str:remark_id>/del/", desk.split, name="split"),
    path("bemaerkning/<str:remark_id>/fjern/", desk.redact, name="redact"),
    path("liste/<int:listed_id>/frist/", keeping.extend, name="extend"),
    path("<str:consultation_id>/", rounds.consultation, name="consultation"),
    path("<str:consultation_id>/svar/", answering.respond, name="respond"),
    path("<str:consultation_id>/svar/kode/", answering.continue_with_code, name="continue"),
    path("<str:consultation_id>/bord/", desk.desk, name="desk"),
    path("<str:consultation_id>/liste/", keeping.on_list, name="parties"),
    path("<str:consultation_id>/liste/tilfoej/", keeping.add, name="add"),
    path("<str:consultation_id>/liste/send/", keeping.send, name="send"),
    path("<str:consultation_id>/liste/paamind/", keeping.remind, name="remind"),
    path("<str:consultation_id>/tast/", keeping.type_in, name="type_in"),
    path("<str:consultation_id>/luk/", keeping.conclude, name="conclude"),
    path("<str:consultation_id>/notat.docx", files.report, name="report"),
    path("<str:consultation_id>/oversigt.csv", files.table, name="table"),
]
