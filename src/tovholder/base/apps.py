from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "tovholder.base"
    label = "base"
    verbose_name = "Grundlag"
    default_auto_field = "django.db.models.BigAutoField"
