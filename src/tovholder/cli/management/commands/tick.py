from datetime import UTC, datetime

from django.core.management.base import BaseCommand

from tovholder.jobs import coding, deliveries, figures, mail, maps, retention, searching, telling


class Command(BaseCommand):
    help = "Gør det, der skal gøres nu: sender breve og sletter det, hvis dag er kommet. Kør den hvert minut."

    def add_arguments(self, parser):
        parser.add_argument("--at", type=datetime.fromisoformat, default=None, help="Et andet øjeblik end nu, til prøver og genspil.")

    def handle(self, at, **options):
        at = at or datetime.now(UTC)
        if searching.keep_in_step(at=at):
            self.stdout.write("Alt, der kan søges i, er skrevet på ny.")
        told = telling.tell_back(at=at)
        sent, failed = mail.send_waiting(at=at)
        self.stdout.write(f"{sent} breve sendt, {failed} venter på næste forsøg.")
        if told:
            self.stdout.write(f"{told} har fået at vide, at der er sket mere.")
        if drawn := maps.draw_what_changed(at=at):
            self.stdout.write(f"{drawn} kort over enighed er tegnet.")
        for word, count in retention.keep_promises(at=at).items():
            if count:
                self.stdout.write(f"{count} {word}.")
        # Last, since it may take minutes: letters do not wait for it.
        read, stored = deliveries.work_through(at=at)
        if read or stored:
            self.stdout.write(f"{read} leveringer af tal er læst, {stored} er gemt.")
        if calculated := figures.calculate(at=at):
            self.stdout.write(f"{calculated} {'indikator' if calculated == 1 else 'indikatorer'} er regnet.")
        if learned := coding.learn(at=at):
            self.stdout.write(f"{learned} {'kodebog' if learned == 1 else 'kodebøger'} har lært af nye koder.")
        coding.look_for_campaigns(at=at)
        if suggested := coding.ask_language_model(at=at):
            self.stdout.write(f"{suggested} koder er foreslået af sprogmodellen.")
