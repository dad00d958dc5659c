import os
from datetime import UTC, date, datetime
from pathlib import Path

from django.core.management.base import BaseCommand

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.findings import actions, queries
from tovholder.jobs import deliveries
from tovholder.parties import queries as parties
from tovholder.texts.danish import count_of, list_of

_SHOWN = 20


class Command(BaseCommand):
    help = "Lægger målinger ind fra CSV, Excel, Parquet eller en udgivelse. Uden --take bliver de kun læst, så du kan se dem igennem."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument("--owner", required=True, help="Parten, der lægger ind: navn, kort navn eller kode, fx 1083.")
        parser.add_argument("--indicator", default="", help="Indikatorens kode, når den ikke står i filen.")
        parser.add_argument("--drawn-on", type=date.fromisoformat, default=None, help="Dagen, tallene blev trukket, fx 2026-11-12.")
        parser.add_argument("--source", default="", help="Hvor tallene kommer fra.")
        parser.add_argument("--continues", action="store_true", help="Kun nye perioder, der hører efter det, der står.")
        parser.add_argument("--take", action="store_true", help="Gem tallene med det samme.")
        parser.add_argument("--at", type=datetime.fromisoformat, default=None)

    def handle(self, file, owner, indicator, drawn_on, source, continues, take, at, **options):
        at = at or datetime.now(UTC)
        delivery = actions.receive_delivery(
            owner=self._owner(owner, at), filename=file.name, content=self._content(file), indicator=self._indicator(indicator),
            drawn_on=drawn_on, source=source, continues=continues, by=SYSTEM, at=at,
        )  # fmt: skip
        deliveries.read_delivery(delivery, at=at)
        delivery = queries.delivery(delivery.pk, SYSTEM, at)
        self._say(delivery)
        if delivery.state == "unreadable":
            raise Refused("Intet er gemt.")
        if take:
            actions.take_delivery(delivery, by=SYSTEM, at=at)
            actions.store_delivery(delivery, by=SYSTEM, at=at)
            self.stdout.write(f"{count_of(delivery.done, 'tal', 'tal')} er gemt.")
        else:
            self.stdout.write(f"Intet er gemt endnu. Se det igennem på /maal/tal/{delivery.pk}/, eller kør igen med --take.")

    def _owner(self, written, at):
        found = parties.parties_named(written, parties.local_day(at))
        if len(found) != 1:
            known = f"Den kan være {list_of([row.name for row in found])}." if found else "Skriv dens navn eller kode, som den er i dag."
            raise Refused(f"Vi ved ikke, hvem »{written}« er. {known}")
        return found[0]

    def _indicator(self, code):
        if not code:
            return None
        try:
            return queries.indicator(code)
        except LookupError as error:
            raise Refused(f"Vi kender ikke indikatoren »{code}«. Listen står på /maal/indikatorer/.") from error

    def _content(self, path):
        try:
            return path.read_bytes()
        except IsADirectoryError as error:
            raise Refused(f"{path} er en mappe. Skriv navnet på en fil.") from error
        except OSError as error:
            raise Refused(f"Vi kan ikke åbne {path}: {os.strerror(error.errno or 0)}.") from error

    def _say(self, delivery):
        for notice in delivery.notices:
            self.stdout.write(notice)
        for row in delivery.refused[:_SHOWN]:
            self.stderr.write(row["sentence"])
        left = delivery.refused_count - min(_SHOWN, len(delivery.refused))
        if left > 0:
            self.stderr.write(f"Og {count_of(left, 'afvist række', 'afviste rækker')} mere.")
        if delivery.state == "read":
            rows = count_of(delivery.rows, "tal", "tal")
            self.stdout.write(f"{rows} kan gemmes, {count_of(delivery.refused_count, 'række er', 'rækker er')} afvist.")
