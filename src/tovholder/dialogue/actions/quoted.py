from django.db.models import Max
from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Refused
from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.texts.personal_data import find_personal_data

from .. import rules
from ..models import Statement
from ..queries.entries import entries_of_statements


def quote(passage, *, text, start, end, speaker="", sector="", kind=Statement.Kind.PROPOSAL, conference=None, group=None, by, at):
    """This will keep what a document quotes as a published statement with its exact place; raises Refused when it names someone."""
    text = rules.tidy(text)
    if conference is None and group is None:
        raise Refused(_("Vælg den konference eller temagruppe, citatet hører til."), field="target")
    if conference is not None:
        rules.check_may_change(conference, by=by)
    else:
        rules.check_may_run(group, by=by)
    if any(not find.office for find in find_personal_data(text)):
        raise Refused(_("Citatet nævner en person, et nummer eller en adresse. Det kan ikke vises, som det står."))
    with write():
        hold(conference or group)
        last = Statement.objects.filter(conference=conference, group=group).aggregate(n=Max("number"))["n"] or 0
        statement = Statement.objects.create(
            thing=new_thing("statement", at), conference=conference, group=group, number=last + 1, kind=kind, text=text, sector=sector,
            speaker=speaker[:200], written_at=at, state=Statement.State.PUBLISHED, state_at=at,
            passage=passage, passage_start=start, passage_end=end,
        )  # fmt: skip
        search.keep(entries_of_statements, [statement])
        record("quoted", statement, by=by, at=at, source=passage.source_id, passage=passage.number)
    return statement
