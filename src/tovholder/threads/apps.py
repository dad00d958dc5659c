from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "tovholder.threads"
    label = "threads"
    verbose_name = "Tråde"
    default_auto_field = "django.db.models.BigAutoField"
