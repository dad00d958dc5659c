"""Opens the demonstration: a whole world on first start, the same one after that."""

import os
import socket
import sys
import time
from datetime import UTC, datetime

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.cli import demo
from tovholder.cli.beside import start_keeper
from tovholder.cli.tables import drawn_once, is_empty
from tovholder.findings import actions as findings
from tovholder.parties import actions as parties
from tovholder.plans import actions as plans

_TRIED = 20


class Command(BaseCommand):
    help = "Viser Tovholder med en opdigtet region, der har travlt i dag."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="Laver verdenen, men starter ikke serveren.")
        parser.add_argument("--no-migrate", action="store_true", help="Databasen er på plads; rør ikke ved tabellerne.")
        parser.add_argument("--at", type=datetime.fromisoformat, default=None, help="Øjeblikket, fx 2026-11-24T10:00:00+01:00.")

    def handle(self, port, no_serve, no_migrate, at, **options):
        at = at or datetime.now(UTC)
        if at.tzinfo is None:
            raise Refused("Skriv også tidszonen, fx 2026-11-24T10:00:00+01:00.")
        try:
            self._make(at, no_migrate, start_keeper if not no_serve else lambda: None)
        except DatabaseError as error:
            raise Refused(f"Databasen i {settings.HOME} kan ikke åbnes eller opdateres. Flyt mappen, og prøv igen.") from error
        for line in demo.summary(at):
            self.stdout.write(line)
        if not no_serve:
            self._serve(port)

    def _make(self, at, no_migrate, begin_beside):
        began = time.monotonic()
        if not no_migrate and is_empty():
            self._tell("Opretter tabellerne …")
            with drawn_once():
                call_command("migrate", verbosity=0, interactive=False)
        elif not no_migrate:
            call_command("migrate", verbosity=0, interactive=False)
        # It makes ready for its sums while the world is built.
        begin_beside()
        if not demo.is_built(at):
            self.stdout.write("Laver en verden at se på. Det sker kun første gang.")
            parties.load_denmark(by=SYSTEM, at=at)
            plans.keep_plan_kinds(by=SYSTEM, at=at)
            findings.load_indicators(by=SYSTEM, at=at)
            world = demo.build(at=at, tell=self._tell)
            self._sum_up(world, time.monotonic() - began)

    def _tell(self, sentence):
        self.stdout.write(sentence)
        self.stdout.flush()

    def _sum_up(self, world, seconds):
        counted = ", ".join(f"{number} {word}" for word, number in world.counts.items())
        self.stdout.write(f"Færdig på {seconds:.0f} sekunder: {counted}.")

    def _serve(self, wanted):
        port = free_port(wanted)
        if port != wanted:
            self.stdout.write(f"Port {wanted} er optaget. Tovholder bruger {port} i stedet.")
        self.stdout.write(f"\nÅbn http://127.0.0.1:{port}/  ·  stop med Ctrl+C")
        self.stdout.flush()
        os.environ["TOVHOLDER_ADDRESS"] = f"http://127.0.0.1:{port}"
        # The web door and the command line do not know each other; the server takes this process over.
        os.execv(sys.executable, [sys.executable, "-m", "tovholder.web.server", "--host", "127.0.0.1", "--port", str(port)])  # noqa: S606


def free_port(wanted):
    """This will return the port, or the next one that nobody listens on; raises Refused when twenty are taken."""
    for port in range(wanted, wanted + _TRIED):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Refused(f"Portene {wanted}–{wanted + _TRIED - 1} er optaget. Vælg en anden med --port.")
