from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "tovholder.findings"
    label = "findings"
    verbose_name = "Fund"
    default_auto_field = "django.db.models.BigAutoField"
