import json
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import Error as DatabaseError

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.formats.proposing import read_source
from tovholder.formats.reading import Unreadable
from tovholder.intake import actions, queries

_WORDS = {
    "organisations": "organisationer",
    "bodies": "organer",
    "documents": "dokumenter",
    "events": "begivenheder",
    "steps": "skridt",
    "questions": "spørgsmål",
    "quotations": "citater",
    "people_with_office": "personer med offentligt hverv",
    "initiatives": "indsatser",
    "mottos": "mottoer",
    "themes": "temaer",
    "empty_lists_to_report": "lister uden indhold",
    "held_back": "holdt tilbage",
}


class Command(BaseCommand):
    help = "Læser dokumenter som kilder og foreslår, hvad der står i dem. Et menneske bekræfter hvert forslag."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FIL")
        parser.add_argument("--json", type=Path, default=None, metavar="UD", help="Skriv forslagene hertil.")
        parser.add_argument("--no-keep", action="store_true", help="Gem ikke dokumenterne som kilder.")
        parser.add_argument("--at", type=datetime.fromisoformat, default=None)

    def handle(self, files, no_keep, at, **options):
        at = at or datetime.now(UTC)
        parties = self._parties()
        found = {}
        for path in files:
            content = self._content(path)
            source = self._read(path, content, parties or ())
            found[path.name] = source.expected
            self._say(path, source)
            if parties is not None and not no_keep:
                self._keep(path, source, content, at)
        if parties is None:
            self.stderr.write("Databasen er ikke sat op endnu, så dokumenterne er læst, men ikke gemt.")
        if options["json"]:
            self._write(options["json"], found)

    def _parties(self):
        try:
            return list(queries.known_parties())
        except DatabaseError:
            return None

    def _content(self, path):
        try:
            return path.read_bytes()
        except IsADirectoryError as error:
            raise Refused(f"{path} er en mappe. Skriv navnet på en fil.") from error
        except OSError as error:
            raise Refused(f"Vi kan ikke åbne {path}: {error.strerror}.") from error

    def _read(self, path, content, parties):
        try:
            return read_source(content, path.name, parties)
        except Unreadable as error:
            raise Refused(f"{path.name}: {error}") from error

    def _say(self, path, source):
        rows = source.expected.items()
        counts = ", ".join(f"{_WORDS[name]}: {len(found)}" for name, found in rows if name in _WORDS and found)
        self.stdout.write(f"{path.name}: {len(source.document.paragraphs)} afsnit. {counts}")
        for notice in source.document.notices:
            self.stdout.write(f"  {notice}")

    def _keep(self, path, source, content, at):
        document = source.document
        actions.take_in(
            filename=path.name, content=content, title=document.title, format=document.kind, paragraphs=source.paragraphs,
            proposals=source.rows, notices=document.notices, by=SYSTEM, at=at,
        )  # fmt: skip

    def _write(self, path, found):
        try:
            path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError as error:
            raise Refused(f"Vi kan ikke skrive til {path}: {error.strerror}.") from error
