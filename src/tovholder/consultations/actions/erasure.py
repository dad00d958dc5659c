from tovholder.base.events import record
from tovholder.base.write import write
from tovholder.consultations.models import Response
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
    return len(own)
