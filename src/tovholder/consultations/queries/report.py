"""The høringsnotat as plain values. It holds the responses that every step of the equation has passed, and says who is left out."""

from django.utils.translation import gettext as _

from tovholder.parties.queries import local_day
from tovholder.plans.models import PlanVersion
from tovholder.plans.queries import comparison, texts_of
from tovholder.texts.danish import count_of

from .desk import _submitted, equation
from .rounds import list_of


def report(found, at, *, causes=None):
    """This will return what the høringsnotat prints, as formats.consultation_report reads it; `causes` is {provision id: remarks}."""
    responses = list(_submitted(found))
    left_out = {row.pk for rows in equation(found, responses).missing.values() for row in rows}
    reported = [row for row in responses if row.pk not in left_out]
    plan = found.version.plan
    numbers = {remark.pk: f"{row.number}.{remark.order}" for row in responses for remark in row.remarks.all()}
    return {
        "title": found.title,
        "case_number": plan.case_number,
        "sender": plan.owner.name,
        "period": [local_day(found.opens_at).isoformat(), local_day(found.deadline_at).isoformat()],
        "fingerprint": found.version.fingerprint,
        "made_at": at.isoformat(),
        "heard": _heard(found, responses),
        "left_out": [f"{row.number or '–'} ({row.public_name})" for row in reversed(responses) if row.pk in left_out],
        "general": _general(found, reported),
        "by_provision": _by_provision(found, reported),
        "changes": _changes(found, causes or {}, numbers),
        "next_steps": [{"when": when, "what": what} for when, what in found.steps],
        "signature": found.concluded_reason and _("Ikke med i notatet: %(why)s") % {"why": found.concluded_reason},
    }


def table_rows(found):
    """This will return (number, sender, provision, remark, verdict, reason) of every remark everyone may read."""
    labels, words = {row.provision_id: row.label for row in texts_of(found.version)}, found.verdict_words
    for response in reversed(list(_submitted(found))):
        if response.waits_for_review:
            continue
        for remark in response.remarks.all():
            place = labels.get(remark.provision_id, "") if remark.provision_id else _("Generelt")
            yield response.number, response.public_name, place, remark.text, words.get(remark.verdict, ""), remark.reason


def _heard(found, responses):
    rows, named = [], set()
    by_list = {row.listed_id: row for row in responses if row.listed_id}
    for listed in list_of(found):
        answer = by_list.get(listed.pk)
        named.add(answer.pk if answer else None)
        rows.append(_heard_row(listed.name, listed.group, answer))
    rows += [_heard_row(row.public_name, _("Uden for listen"), row) for row in reversed(responses) if row.pk not in named]
    return rows


def _heard_row(name, kind, answer):
    said = bool(answer and answer.remarks.all())
    return {"party": name, "kind": kind, "received": answer is not None, "remarks": said, "no_remarks": answer is not None and not said}


def _reported(response, remark, words):
    return {
        "number": f"{response.number}.{remark.order}",
        "party": response.public_name,
        "text": remark.text,
        "verdict": words.get(remark.verdict, ""),
        "reason": remark.reason,
    }


def _summary(rows):
    senders = len({row["party"] for row in rows})
    remarks = count_of(len(rows), _("bemærkning"), _("bemærkninger"))
    return _("%(remarks)s fra %(senders)s.") % {"remarks": remarks, "senders": count_of(senders, _("afsender"), _("afsendere"))}


def _general(found, responses):
    themes, words = {}, found.verdict_words
    for response in reversed(responses):
        for remark in response.remarks.all():
            if remark.provision_id is None:
                name = remark.theme.name if remark.theme else _("Generelt")
                themes.setdefault(name, []).append(_reported(response, remark, words))
    return [{"theme": name, "summary": _summary(rows), "remarks": rows} for name, rows in themes.items()]


def _by_provision(found, responses):
    placed, words = {}, found.verdict_words
    for response in reversed(responses):
        for remark in response.remarks.all():
            if remark.provision_id:
                placed.setdefault(remark.provision_id, []).append(_reported(response, remark, words))
    rows = [(row, placed[row.provision_id]) for row in texts_of(found.version) if row.provision_id in placed]
    return [
        {"label": row.label, "heading": row.heading, "text": row.body, "summary": _summary(remarks), "remarks": remarks}
        for row, remarks in rows
    ]


def _changes(found, causes, numbers):
    after = PlanVersion.objects.filter(plan=found.version.plan_id, number__gt=found.version.number).order_by("-number").first()
    if after is None:
        return []
    return [
        {
            "label": (change.after or change.before).label,
            "heading": (change.after or change.before).heading,
            "before": change.before.body if change.before else "",
            "after": change.after.body if change.after else "",
            "because_of": [numbers[row.thing_id] for row in causes.get(change.key, ()) if row.thing_id in numbers],
        }
        for change in comparison(found.version, after)
        if change.kind != "same"
    ]
