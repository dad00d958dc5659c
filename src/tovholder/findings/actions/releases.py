"""Accepting the one file a secure environment hands over: judged in a child as a reader would, and laid out for a person's yes."""

from ..models import Indicator
from ..queries.deliveries import content_of_delivery, earlier_releases
from ..queries.indicators import definition_on
from ..rules import deliveries as rules
from .deliveries import keep_read_delivery, refuse_delivery

_CHECKED = "Udgivelsen er prøvet igen her: ingen skjulte tal kan regnes ud, heller ikke sammen med det, der er udgivet før."


def read_release(delivery, *, by, at):
    """This will try a release again, also beside those taken before, and keep what a person must see, or why not. Heavy. Raises Refused."""
    from tovholder.evidence.delivered.releasing import Unlike
    from tovholder.evidence.disclosure.admission import Unacceptable

    rules.check_is_work(by=by)
    content, _parsed = content_of_delivery(delivery)
    try:
        laid = _accepted(delivery, content)
    except (Unacceptable, Unlike) as problem:
        return refuse_delivery(delivery, sentence=str(problem), by=by, at=at)
    return keep_read_delivery(delivery, parsed=laid.content, notices=[_CHECKED, *laid.notices], by=by, at=at)


def _accepted(delivery, content):
    from tovholder.evidence.delivered.releasing import Unlike, check_like, lay_out, period_written
    from tovholder.evidence.disclosure.admission import admit, claimed

    code, written = claimed(content)
    period = period_written(written)
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise Unlike(f"Vi kender ikke indikatoren »{code[:60]}«. Koderne står på siden med indikatorer.")
    definition = definition_on(found, period[0])
    if definition is None:
        raise Unlike(f"{found.name} har ingen definition, der gælder i {written}. Skriv den først.")
    known = earlier_releases([code], but=delivery)
    told = admit(content, known, threshold=found.threshold, zeros_small=found.zeros_are_small)
    check_like(told, number=definition.number, kind=definition.kind, multiplier=definition.multiplier)
    return lay_out(told, owner=delivery.owner.name, period=period)
