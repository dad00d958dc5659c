from django.urls import path

from . import deciding, drafting, reading

app_name = "plans"
urlpatterns = [
    path("", reading.listing, name="list"),
    path("ny/", drafting.begin, name="new"),
    path("version/<str:version_id>/", reading.version, name="version"),
    path("version/<str:version_id>/word/", reading.word, name="word"),
    path("version/<str:version_id>/rediger/", drafting.desk, name="draft"),
    path("version/<str:version_id>/indsaet/", drafting.paste, name="paste"),
    path("version/<str:version_id>/parter/", drafting.name_parties, name="name_parties"),
    path("version/<str:version_id>/laas/", drafting.seal, name="seal"),
    path("version/<str:version_id>/offentliggoer/", drafting.publish, name="publish"),
    path("version/<str:version_id>/tema/", drafting.tie_theme, name="tie"),
    path("version/<str:version_id>/afsnit/nyt/", drafting.add, name="add"),
    path("version/<str:version_id>/afsnit/<str:provision_id>/", drafting.edit, name="edit"),
    path("version/<str:version_id>/afsnit/<str:provision_id>/flyt/", drafting.move, name="move"),
    path("version/<str:version_id>/afsnit/<str:provision_id>/fjern/", drafting.remove, name="remove"),
    path("version/<str:version_id>/beslutning/", deciding.ask, name="ask"),
    path("version/<str:version_id>/paamind/", deciding.remind, name="remind"),
    path("version/<str:version_id>/vedtag/", deciding.adopt, name="adopt"),
    path("godkendelse/<str:version_id>/", deciding.board, name="board"),
    path("svar/<str:approval_id>/", deciding.approval, name="approval"),
    path("svar/<str:approval_id>/dagsorden/", deciding.agenda, name="agenda"),
    path("afsnit/<str:provision_id>/", reading.provision, name="provision"),
    path("afsnit/<str:provision_id>/historik/", reading.history, name="history"),
    path("sammenlign/<str:before_id>/<str:after_id>/", reading.compare, name="compare"),
    path("<str:plan_id>/", reading.plan, name="plan"),
    path("<str:plan_id>/maal/nyt/", drafting.new_goal, name="new_goal"),
]
