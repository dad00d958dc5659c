from datetime import UTC, datetime

from django.core.management.base import BaseCommand

from tovholder.base.by import SYSTEM
from tovholder.threads import actions


class Command(BaseCommand):
    help = "Skriver alt, der kan findes ved søgning, på ny. Nødvendigt efter en genskabt sikkerhedskopi fra en ældre udgave; ellers aldrig."

    def add_arguments(self, parser):
        parser.add_argument("--at", type=datetime.fromisoformat, default=None, help="Et andet øjeblik end nu, til prøver og genspil.")

    def handle(self, at, **options):
        rows = actions.rebuild_search(by=SYSTEM, at=at or datetime.now(UTC))
        self.stdout.write(f"{rows} steder kan findes.")
