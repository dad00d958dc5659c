"""Opens a trial conference that phones can vote in."""

import json
from datetime import UTC, datetime

from django.core.management.base import BaseCommand

from tovholder.dialogue import actions


class Command(BaseCommand):
    help = "Åbner en prøvekonference med udsagn, som en måling kan stemme på."

    def add_arguments(self, parser):
        parser.add_argument("--statements", type=int, default=20)
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        conference, ids = actions.prepare_trial_conference(statements=options["statements"], at=datetime.now(UTC))
        if options["json"]:
            self.stdout.write(json.dumps({"code": conference.short_code, "statements": ids}))
        else:
            self.stdout.write(f"Konferencen er åben på /v/{conference.short_code} med {len(ids)} udsagn.")
