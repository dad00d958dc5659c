"""The proposals of one document as plain values, in the shape people write their own reading of it."""

from __future__ import annotations

from tovholder.texts.proposals.shapes import Event, Proposals, Quotation, Step

_FIRST_WORDS = 5
_LAST_WORDS = 4


def as_expected(proposals: Proposals) -> dict[str, object]:
    """This will give the proposals as lists of strings and small dictionaries, quotations by their first and last words."""
    other: dict[str, list[str]] = {}
    for one in proposals.other_words:
        other.setdefault(one.name, []).append(one.text)
    return {
        "organisations": [one.name for one in proposals.organisations],
        "organisations_mentioned_in_other_words": other,
        "bodies": [one.name for one in proposals.bodies],
        "bodies_that_must_not_be_merged": [list(pair) for pair in proposals.bodies_not_to_merge],
        "status": proposals.status.text if proposals.status else None,
        "documents": [one.name for one in proposals.documents],
        "events": [_event(one) for one in proposals.events],
        "dates": {one.kind: one.on.isoformat() for one in proposals.dates},
        "steps": [_step(one) for one in proposals.steps],
        "questions": [one.text for one in proposals.questions],
        "quotations": [_quotation(one) for one in proposals.quotations],
        "people_with_office": [{"name": one.name, "role": one.role} for one in proposals.people_with_office],
        "initiatives": [one.text for one in proposals.initiatives],
        "mottos": [one.text for one in proposals.mottos],
        "themes": [one.text for one in proposals.themes],
        "empty_lists_to_report": [one.text for one in proposals.empty_lists_to_report],
        "held_back": [one.text for one in proposals.held_back],
        "held_back_unless_confirmed_as_contact_by_role": [one.text for one in proposals.contact_roles],
        "page_furniture_to_ignore": [one.text for one in proposals.page_furniture],
    }


def _event(event: Event) -> dict[str, str | None]:
    told = {"what": event.what, "place": event.place, "date": event.on.isoformat() if event.on else None}
    return {**told, "series": event.series} if event.series else told


def _step(step: Step) -> dict[str, str]:
    return {"what": step.what, "when": step.when, **({"by": step.by} if step.by else {})}


def _quotation(quotation: Quotation) -> dict[str, str | None]:
    words = quotation.text.split()
    return {
        "begins": " ".join(words[:_FIRST_WORDS]).strip(' ,.!?»«”“"'),
        "ends": " ".join(words[-_LAST_WORDS:]).strip(' ,.!?»«”“"'),
        "speaker": quotation.speaker,
        "role": quotation.role,
        "party_letter": quotation.party_letter,
        "text": quotation.text,
    }
