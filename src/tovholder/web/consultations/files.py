"""Doors to files: the høringsnotat in Word, made in a child process, and the høringsoversigt as a table."""

import json

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.confined import Stopped, run_limited
from tovholder.consultations import queries, rules
from tovholder.formats.consultation_report import FORM
from tovholder.formats.tables import csv_bytes
from tovholder.plans.queries import draft_of
from tovholder.texts.danish import slug
from tovholder.threads.queries import causes
from tovholder.web.accounts.doors import signed_in
from tovholder.web.downloads import WORD, attachment

from .doors import found


@signed_in
def report(request, consultation_id):
    """This will make the høringsnotat as Word."""
    consultation = found(queries.consultation, consultation_id, request.by, request.at)
    rules.check_may_work(consultation, by=request.by)
    draft = draft_of(consultation.version.plan)
    because = causes(consultation.version, draft, request.by, request.at) if draft else {}
    # The report is the round's own document: Danish, whatever language the planner reads in.
    with translation.override(settings.LANGUAGE_CODE):
        content = {"form": FORM} | queries.report(consultation, request.at, causes=because)
    try:
        word = run_limited(["tovholder.formats", "consultation-report"], json.dumps(content).encode())
    except Stopped as stopped:
        raise Refused(_("Notatet blev for stort til at danne nu. Prøv igen, eller hent oversigten som tabel.")) from stopped
    return attachment(f"hoeringsnotat-{slug(consultation.title)}.docx", word, WORD)


def table(request, consultation_id):
    """This will give every remark everyone may read as a table."""
    consultation = found(queries.consultation, consultation_id, request.by, request.at)
    headers = [_("Nr."), _("Afsender"), _("Afsnit"), _("Bemærkning"), _("Vurdering"), _("Begrundelse")]
    content = csv_bytes(headers, queries.table_rows(consultation))
    return attachment(f"hoeringsoversigt-{slug(consultation.title)}.csv", content, "text/csv; charset=utf-8")
