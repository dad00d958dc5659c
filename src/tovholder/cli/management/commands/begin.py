from datetime import UTC, datetime

from django.core.management.base import BaseCommand

from tovholder.base.by import SYSTEM
from tovholder.findings import actions as findings
from tovholder.parties import actions as parties
from tovholder.plans import actions as plans


class Command(BaseCommand):
    help = "Lægger regioner, kommuner, klynger, råd, sygehuse, slags planer og indikatorer i en tom database. Kan køres igen uden skade."

    def handle(self, **options):
        at = datetime.now(UTC)
        count = parties.load_denmark(by=SYSTEM, at=at)
        parties.keep_kinds(by=SYSTEM, at=at)
        plans.keep_plan_kinds(by=SYSTEM, at=at)
        findings.load_indicators(by=SYSTEM, at=at)
        self.stdout.write(f"{count} parter er lagt ind." if count else "Parterne var der allerede. Slagsene er opdateret.")
