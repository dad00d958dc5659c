from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "tovholder.cli"
    label = "cli"
