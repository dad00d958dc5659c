from datetime import UTC, datetime

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.parties import actions, queries


class Command(BaseCommand):
    help = "Inviterer en person: opretter mandat og log-in og skriver det link, der åbner det."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="Personens navn")
        parser.add_argument("--role", required=True, help="Rollens kode, fx planner")
        parser.add_argument("--party", required=True, help="Partens navn eller kode, fx »Vejen Kommune« eller 1083")
        parser.add_argument("--at", type=datetime.fromisoformat, default=None)

    def handle(self, email, name, role, party, at, **options):
        at = at or datetime.now(UTC)
        try:
            found_role = queries.role(role)
        except LookupError as error:
            known = ", ".join(row.code for row in queries.roles())
            raise Refused(f"Rollen »{role}« findes ikke. Vælg en af: {known}.") from error
        found = queries.parties_named(party, queries.local_day(at))
        if len(found) != 1:
            names = ", ".join(f"{row.name} ({row.kind.name})" for row in found) or "ingen"
            raise Refused(f"»{party}« passer på {names}. Skriv hele navnet på én part.")
        user = actions.invite(email=email, name=name, role=found_role, party=found[0], by=SYSTEM, at=at)
        self.stdout.write(f"Send dette link til {email}. Det virker én gang, i 14 dage:")
        self.stdout.write(settings.ADDRESS + reverse("invitation", args=[queries.invitation_for(user)]))
