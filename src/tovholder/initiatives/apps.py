from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "tovholder.initiatives"
    label = "initiatives"
    verbose_name = "Indsatser"
    default_auto_field = "django.db.models.BigAutoField"
