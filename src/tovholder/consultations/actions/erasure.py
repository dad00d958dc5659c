from tovholder.base import search
from tovholder.base.events import record
from tovholder.base.write import write
from tovholder.consultations.models import Response
from tovholder.consultations.queries import entries
from tovholder.intake.rules import check_may_forget


def cut_ties_of(contributor, *, by, at):
    """This will cut what leads from a person's responses to the person, and return how many; the words stay."""
    check_may_forget(contributor, by)
    with write():
        own = list(Response.objects.filter(contributor=contributor))
        for response in own:
            response.name, response.contributor = "Borger", None
            response.save(update_fields=["name", "contributor"])
            record("response_forgotten", response, by=by, at=at, fields=["name", "contributor"])
        search.keep(entries.entries_of_responses, own)
        search.keep(entries.entries_of_remarks, entries.found_remarks().filter(response__in=own))
    return len(own)
