import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from tovholder.base.errors import Refused
from tovholder.cli.beside import start_keeper


class Command(BaseCommand):
    help = "Starter Tovholder i én proces."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument("--no-keep", action="store_true", help="Start ikke den proces, der regner kortene. Kør selv »tovholder keep«.")

    def handle(self, host, port, threads, no_keep, **options):
        if not settings.SQLITE_IS_SOUND and not settings.DEMO and settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            raise Refused("SQLite på denne maskine kan miste data under tryk. Installer pysqlite3, eller brug PostgreSQL.")
        os.environ.setdefault("TOVHOLDER_ADDRESS", f"http://127.0.0.1:{port}")
        if not no_keep:
            start_keeper()
        # The web door and the command line do not know each other; the server takes this process over.
        words = ["--host", host, "--port", str(port), "--threads", str(threads)]
        os.execv(sys.executable, [sys.executable, "-m", "tovholder.web.server", *words])  # noqa: S606
