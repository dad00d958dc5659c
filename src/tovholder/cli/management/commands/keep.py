"""Keeps the maps of open conferences: a process beside the one that answers phones, since the sums are heavy and the answers are not."""

import logging
import os
import time
from datetime import UTC, datetime

from django.core.management.base import BaseCommand
from django.db import connection

from tovholder.base.by import SYSTEM
from tovholder.cli.aside import Aside
from tovholder.cli.children import Child
from tovholder.findings import actions, queries
from tovholder.jobs import coding, deliveries, figures

_PAUSE = 0.8
_AFTER_TROUBLE = 5.0
# Whoever brought a file looks at the page until it is read.
_RECEIVES_EVERY = 1.0
_CALCULATES_EVERY = 5.0


class Command(BaseCommand):
    help = "Regner kortene over enighed, mens en konference er i gang, og lærer af nye koder. Starter selv sammen med »serve« og »demo«."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Tegn det, der mangler, og stop.")
        parser.add_argument("--learn", action="store_true", help="Lær af nye koder, kig efter svar skrevet efter samme tekst, og stop.")
        parser.add_argument("--receive", action="store_true", help="Læs filer med tal, gem dem, der er sagt ja til, og stop.")
        parser.add_argument("--calculate", action="store_true", help="Regn de mål, hvis tal er ændret, og stop.")
        parser.add_argument("--parent", type=int, default=None, help="Stop, når den proces, der startede denne, er væk.")
        parser.add_argument(
            "--at", type=datetime.fromisoformat, default=None, help="Et andet øjeblik end nu, sammen med alle andre end --parent."
        )

    def handle(self, once, learn, receive, calculate, parent, at, **options):
        if once:
            count = actions.keep_maps(by=SYSTEM, at=at or datetime.now(UTC))
            self.stdout.write("Kortene er, som de skal være." if not count else f"{count} kort er tegnet.")
        elif learn:
            self._learn(at or datetime.now(UTC))
        elif receive:
            read, stored = deliveries.work_through(at=at or datetime.now(UTC))
            self.stdout.write(f"{read} leveringer er læst, {stored} er gemt.")
        elif calculate:
            self.stdout.write(f"{figures.calculate(at=at or datetime.now(UTC))} indikatorer er regnet.")
        else:
            self._live(parent)

    def _learn(self, at):
        learned, places = coding.learn(at=at), coding.look_for_campaigns(at=at)
        self.stdout.write(f"Lært af {learned} {'kodebog' if learned == 1 else 'kodebøger'}. Kigget {places} steder.")

    def _live(self, parent):
        # Those who answer come first: this process takes what is left of the machine.
        os.nice(10)
        queries.make_ready()
        keeper = actions.Keeper(Aside)
        children = [
            Child("--learn", coding.is_anything_due),
            Child("--receive", deliveries.is_anything_waiting, apart=_RECEIVES_EVERY, share=1),
            Child("--calculate", figures.is_anything_due, apart=_CALCULATES_EVERY),
        ]
        try:
            while parent is None or os.getppid() == parent:
                try:
                    keeper.look(by=SYSTEM, at=datetime.now(UTC))
                    for child in children:
                        child.look(at=datetime.now(UTC))
                except Exception:
                    # One picture that fails must not take the rest of the day with it: what was held may be wrong, so it is read again.
                    logging.getLogger("tovholder.keep").exception("kortene måtte vente")
                    connection.close()
                    keeper = actions.Keeper(Aside)
                    time.sleep(_AFTER_TROUBLE)
                time.sleep(_PAUSE)
        finally:
            for child in children:
                child.stop()
