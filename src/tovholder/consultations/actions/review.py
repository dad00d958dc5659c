from datetime import timedelta

from tovholder.base import search
from tovholder.base.events import record
from tovholder.base.write import write
from tovholder.consultations import rules
from tovholder.consultations.models import Remark, Response
from tovholder.consultations.queries import entries
from tovholder.intake.actions import redact
from tovholder.parties.queries import local_day

_ORIGINAL_KEPT = timedelta(days=90)


def release_response(response, *, by, at):
    """This will let everyone read a response that waited because it may point to a person."""
    with write():
        response = Response.objects.select_for_update(of=("self",)).select_related("consultation__version__plan").get(pk=response.pk)
        rules.check_may_release(response, by=by)
        response.released_at = at
        response.save(update_fields=["released_at"])
        search.keep(entries.entries_of_responses, [response])
        search.keep(entries.entries_of_remarks, entries.found_remarks().filter(response=response))
        record("response_released", response, by=by, at=at)
    return response


def redact_remark(remark, *, text, reason, by, at):
    """This will show a remark without what points to a person; the original is restricted and has a deletion date."""
    with write():
        remark = Remark.objects.select_for_update(of=("self",)).select_related("response__consultation__version__plan").get(pk=remark.pk)
        rules.check_may_redact(remark, text=text, reason=reason, by=by)
        redact(remark, original=remark.text, reason=reason.strip(), delete_original_on=local_day(at) + _ORIGINAL_KEPT, by=by, at=at)
        remark.text = text.strip()
        remark.revision += 1
        remark.save(update_fields=["text", "revision"])
        search.keep(entries.entries_of_remarks, [remark])
        record("remark_redacted", remark, by=by, at=at)
    return remark
