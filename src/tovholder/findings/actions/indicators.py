"""Verbs about what is measured: define, define anew, take out of use, and load what this release knows."""

import json
from datetime import date
from pathlib import Path

from tovholder.base import search
from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties import actions as parties
from tovholder.parties.models import Party

from ..models import Breakdown, Definition, Group, Indicator
from ..queries.entries import entries_of_indicators, found_indicators
from ..rules import indicators as rules

_DATA = Path(__file__).parent.parent / "data" / "indicators.json"
COUNTRY = {"kind": "country", "code": "DK", "name": "Hele landet"}


def define_indicator(
    *, code, name, owner, number="1", valid_from=None, breakdowns=(), name_en="", threshold=5, zeros_are_small=False,
    is_about_coherence=False, note="", origin="own", national_goal=None, by, at, **definition,
):  # fmt: skip
    """This will define an indicator with its first definition; raises Refused without the owner's planner (national: an operator)."""
    rules.check_may_define(owner, by=by)
    _check(name, definition)
    rules.check_threshold(threshold)
    with write():
        rules.check_code(code, is_taken=Indicator.objects.filter(code=code).exists())
        indicator = Indicator.objects.create(
            thing=new_thing("indicator", at), code=code, name=name.strip(), name_en=name_en.strip(), owner=owner, origin=origin,
            national_goal=national_goal, threshold=threshold, zeros_are_small=zeros_are_small, is_about_coherence=is_about_coherence,
            note=note,
        )  # fmt: skip
        _define(indicator, number, valid_from, breakdowns, by, at, definition)
        _let_be_found(indicator)
        record("indicator_defined", indicator, by=by, at=at, code=code, number=number)
    return indicator


def define_anew(
    indicator, *, number, valid_from, breakdowns=(), breaks_series=False, break_reason="", by, at, **definition
):  # fmt: skip
    """This will let a new definition hold from a day, and close the earlier one the day before; raises Refused.

    A break says that figures on both sides cannot be compared, and why. Figures that stand keep the definition they were read by."""
    rules.check_may_define(indicator.owner, by=by)
    rules.check_in_use(indicator)
    _check(indicator.name, definition)
    with write():
        hold(indicator)
        known = list(Definition.objects.filter(indicator=indicator).order_by("valid_from"))
        earlier = next((row for row in known if row.valid_until is None), None)
        rules.check_anew(
            earlier, number=number, numbers={row.number for row in known}, valid_from=valid_from, breaks_series=breaks_series,
            break_reason=break_reason,
        )  # fmt: skip
        if earlier is not None:
            Definition.objects.filter(pk=earlier.pk).update(valid_until=valid_from)
        more = {"breaks_series": breaks_series, "break_reason": break_reason.strip() if breaks_series else ""}
        made = _define(indicator, number, valid_from, breakdowns, by, at, definition | more)
        _let_be_found(indicator)
        record("indicator_defined_anew", indicator, by=by, at=at, number=number, valid_from=valid_from, breaks=breaks_series)
    return made


def withdraw_indicator(indicator, *, by, at):
    """This will take an indicator out of use; its figures are no longer shown, its page stays and says so. Raises Refused."""
    rules.check_may_define(indicator.owner, by=by)
    rules.check_in_use(indicator)
    with write():
        Indicator.objects.filter(pk=indicator.pk).update(withdrawn_at=at)
        indicator.withdrawn_at = at
        _let_be_found(indicator)
        record("indicator_withdrawn", indicator, by=by, at=at)
    return indicator


def _check(name, definition):
    rules.check_words(name=name, text=definition["text"], unit=definition["unit"], source=definition["source"])
    rules.check_measure(
        kind=definition["kind"], numerator=definition.get("numerator", ""), denominator=definition.get("denominator", ""),
        multiplier=definition.get("multiplier", 100), decimals=definition.get("decimals", 1),
    )  # fmt: skip


def _define(indicator, number, valid_from, breakdowns, by, at, words):
    words = {key: value.strip() if isinstance(value, str) else value for key, value in words.items()}
    made = Definition.objects.create(
        thing=new_thing("definition", at), indicator=indicator, number=number, valid_from=valid_from, made_at=at, made_by=by.person or "",
        **words,
    )  # fmt: skip
    made.breakdowns.set(breakdowns)
    return made


def _let_be_found(indicator):
    search.keep(entries_of_indicators, found_indicators().filter(pk=indicator.pk))


def load_indicators(*, by, at):
    """This will store the national indicators, their definitions and the breakdowns that this release knows; returns how many are new.

    The whole country becomes a party too. Names and notes follow the release; a definition that stands is never changed. Raises Refused."""
    rules.check_may_define(None, by=by)
    known = json.loads(_DATA.read_text(encoding="utf-8"))
    with write():
        parties.keep_kinds(by=by, at=at)
        if not Party.objects.filter(kind=COUNTRY["kind"], code=COUNTRY["code"]).exists():
            parties.register_party(**COUNTRY, by=by, at=at)
        _keep_breakdowns(known["breakdowns"])
        made = sum(_keep_indicator(row, by, at) for row in known["indicators"])
        search.keep(entries_of_indicators, found_indicators().filter(code__in=[row["code"] for row in known["indicators"]]))
    return made


def _keep_breakdowns(rows):
    for row in rows:
        words = {key: row[key] for key in ("name", "name_en", "is_ordered")}
        breakdown, _made = Breakdown.objects.update_or_create(code=row["code"], defaults=words)
        for order, (code, name, name_en) in enumerate(row["groups"], 1):
            group, _made = Group.objects.get_or_create(
                breakdown=breakdown, code=code, defaults={"name": name, "name_en": name_en, "order": order}
            )
            if (group.name, group.name_en) != (name, name_en):
                Group.objects.filter(pk=group.pk).update(name=name, name_en=name_en)


def _keep_indicator(row, by, at):
    """Whether it is new. A house that has its own number of a definition, or has withdrawn the indicator, keeps what it has."""
    row = dict(row)
    definition = row.pop("definition")
    indicator = Indicator.objects.filter(code=row["code"]).first()
    if indicator is not None:
        Indicator.objects.filter(pk=indicator.pk).update(**{key: row[key] for key in ("name", "name_en", "note", "national_goal")})
        return False
    indicator = Indicator.objects.create(thing=new_thing("indicator", at), **row)
    if definition is not None:
        words = dict(definition)
        number, begins, breakdowns = words.pop("number"), words.pop("valid_from"), words.pop("breakdowns")
        _define(indicator, number, date.fromisoformat(begins) if begins else None, breakdowns, by, at, words)
    record("indicator_defined", indicator, by=by, at=at, code=indicator.code)
    return True
