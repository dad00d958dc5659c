from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "tovholder.jobs"
    label = "jobs"
    verbose_name = "Opgaver"
    default_auto_field = "django.db.models.BigAutoField"
