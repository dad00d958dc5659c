"""Accepting the one file a secure environment hands over: read, tried again as a reader would, and laid out for a person's yes."""

import json

from ..models import Indicator
from ..queries.deliveries import content_of_delivery, earlier_releases
from ..queries.indicators import definition_on
from ..rules import deliveries as rules
from .deliveries import keep_read_delivery, refuse_delivery

_UNREADABLE = "Filen er ikke en udgivelse, vi kan læse. Lav den igen i jeres sikre miljø."
_CHECKED = "Udgivelsen er prøvet igen her: ingen skjulte tal kan regnes ud, heller ikke sammen med det, der er udgivet før."


def read_release(delivery, *, by, at):
    """This will try a release again, also beside those taken before, and keep what a person must see, or why not. Heavy. Raises Refused."""
    from tovholder.evidence.delivered.releasing import Unlike
    from tovholder.evidence.disclosure.accepting import Unacceptable

    rules.check_is_work(by=by)
    content, _parsed = content_of_delivery(delivery)
    try:
        laid = _accepted(delivery, content)
    except (Unacceptable, Unlike) as problem:
        return refuse_delivery(delivery, sentence=str(problem), by=by, at=at)
    except (ValueError, RecursionError):
        return refuse_delivery(delivery, sentence=_UNREADABLE, by=by, at=at)
    return keep_read_delivery(delivery, parsed=laid.content, notices=[_CHECKED, *laid.notices], by=by, at=at)


def _accepted(delivery, content):
    from tovholder.evidence.delivered.releasing import Unlike, check_like, lay_out, period_written
    from tovholder.evidence.disclosure.accepting import check_release

    told = json.loads(content)
    indicator, period = _named(told)
    found = Indicator.objects.filter(code=indicator).first()
    if found is None:
        raise Unlike(f"Vi kender ikke indikatoren »{indicator[:60]}«. Koderne står på siden med indikatorer.")
    definition = definition_on(found, period_written(period)[0])
    if definition is None:
        raise Unlike(f"{found.name} har ingen definition, der gælder i {period}. Skriv den først.")
    known = [check_release(one, threshold=2) for one in _same(earlier_releases([indicator], but=delivery), told)]
    check_release(told, known=known, threshold=found.threshold, zeros_small=found.zeros_are_small)
    check_like(told, number=definition.number, kind=definition.kind, multiplier=definition.multiplier)
    return lay_out(told, owner=delivery.owner.name, period=period_written(period))


def _named(told):
    """Which indicator and period a file says it is about, before it is tried: a stranger's file may say anything."""
    indicator = told.get("indicator") if isinstance(told, dict) else None
    code, period = indicator.get("code") if isinstance(indicator, dict) else None, told.get("period") if isinstance(told, dict) else None
    if not isinstance(code, str) or not isinstance(period, str):
        raise ValueError("no release")
    return code, period


def _same(files, told):
    """Those taken before that count the same: what a reader already has beside the new one."""
    return [one for one in map(json.loads, files) if _counts(one) == _counts(told)]


def _counts(told):
    return told["period"], *(told["indicator"].get(name) for name in ("code", "definition", "kind"))
