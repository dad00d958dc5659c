from datetime import UTC, datetime

from django.core.management.base import BaseCommand

from tovholder.jobs import mail, retention, telling


class Command(BaseCommand):
    help = "Gør det, der skal gøres nu: sender breve og sletter det, hvis dag er kommet. Kør den hvert minut."

    def add_arguments(self, parser):
        parser.add_argument("--at", type=datetime.fromisoformat, default=None, help="Et andet øjeblik end nu, til prøver og genspil.")

    def handle(self, at, **options):
        at = at or datetime.now(UTC)
        told = telling.tell_back(at=at)
        sent, failed = mail.send_waiting(at=at)
        self.stdout.write(f"{sent} breve sendt, {failed} venter på næste forsøg.")
        if told:
            self.stdout.write(f"{told} har fået at vide, at der er sket mere.")
        for word, count in retention.keep_promises(at=at).items():
            if count:
                self.stdout.write(f"{count} {word}.")
