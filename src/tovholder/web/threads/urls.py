from django.urls import path

from . import claiming, mending, reading

app_name = "threads"
urlpatterns = [
    path("", reading.listing, name="list"),
    path("min/", claiming.mine, name="mine"),
    path("min/sig-til/", claiming.tell_me, name="tell_me"),
    path("min/glem/", claiming.forget_me, name="forget_me"),
    path("udsagn/<str:statement_id>/", reading.statement, name="statement"),
    path("tema/<str:theme_id>/", reading.theme, name="theme"),
    path("afsnit/<str:provision_id>/", reading.provision, name="provision"),
    path("indsats/<str:initiative_id>/", reading.initiative, name="initiative"),
    path("ting/<str:thing_id>/", reading.thing, name="thing"),
    path("huller/", reading.gaps, name="gaps"),
    path("huller/<str:plan_id>/", reading.plan_gaps, name="plan_gaps"),
    path("knyt/<str:theme_id>/", mending.tie_theme, name="tie_theme"),
    path("lovkrav/<str:provision_id>/", mending.tie_duty, name="tie_duty"),
    path("indsats-til/<str:provision_id>/", mending.tie_initiative, name="tie_initiative"),
]
