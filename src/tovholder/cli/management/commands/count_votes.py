"""Counts the stored votes, so that a measurement can compare them with those that were acknowledged."""

import json

from django.core.management.base import BaseCommand

from tovholder.dialogue import queries


class Command(BaseCommand):
    help = "Tæller de stemmer, der er gemt, og viser dem uden navne."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        keys = queries.stored_votes()
        if options["json"]:
            self.stdout.write(json.dumps({"rows": len(keys), "keys": keys}))
        else:
            self.stdout.write(f"{len(keys)} {'stemme' if len(keys) == 1 else 'stemmer'}.")
