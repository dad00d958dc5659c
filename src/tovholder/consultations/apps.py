from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "tovholder.consultations"
    label = "consultations"
    verbose_name = "Høringer"
    default_auto_field = "django.db.models.BigAutoField"
