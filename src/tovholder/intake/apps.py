from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "tovholder.intake"
    label = "intake"
    verbose_name = "Indgang"
    default_auto_field = "django.db.models.BigAutoField"
