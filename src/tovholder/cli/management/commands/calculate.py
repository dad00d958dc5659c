"""Calculates what goal pages show, now and to its end: for operators, and where no process runs beside the server."""

from datetime import UTC, datetime

from django.core.management.base import BaseCommand

from tovholder.jobs import figures


class Command(BaseCommand):
    help = "Regner forløb, tragter og ulighed for de indikatorer, hvor tal, definitioner, mål eller basis er ændret."

    def add_arguments(self, parser):
        parser.add_argument("--at", type=datetime.fromisoformat, default=None, help="Et andet øjeblik end nu, til prøver og genspil.")

    def handle(self, at, **options):
        count = figures.calculate(at=at or datetime.now(UTC))
        told = f"{count} {'indikator' if count == 1 else 'indikatorer'} er regnet."
        self.stdout.write(told if count else "Tallene er, som de skal være.")
