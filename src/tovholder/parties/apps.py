from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "tovholder.parties"
    label = "parties"
    verbose_name = "Parter"
    default_auto_field = "django.db.models.BigAutoField"
