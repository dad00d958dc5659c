"""Coding answers: the book, its codes, and what a coder says about one answer. The first coder's codes put answers under themes."""

import secrets

from django.db.models import Q

from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.consultations import actions as consultations
from tovholder.consultations import queries as consultation_queries
from tovholder.consultations.models import Remark
from tovholder.dialogue import actions as dialogue
from tovholder.dialogue.models import Statement, Theme, Theming

from .. import rules
from ..models import AskedAnswer, Code, Codebook, Coding, ModelRun, Suggestion, Why
from ..queries.answers import answer_of


def make_codebook(*, conference=None, question=None, consultation=None, guide="", by, at):
    """This will make the book by which answers are coded, with the themes that are there as its codes; raises Refused."""
    place = {"conference": conference, "question": question, "consultation": consultation}
    owner = consultation.version.plan.owner if consultation else conference.organiser
    rules.check_may_make_codebook(owner, by=by)
    rules.check_guide(guide)
    with write():
        alike = {name: row for name, row in place.items() if row} | ({} if question else {"question__isnull": True})
        rules.check_no_codebook(Codebook.objects.filter(**alike).exists())
        codebook = Codebook.objects.create(thing=new_thing("codebook", at), owner=owner, guide=guide.strip(), made_at=at, **place)
        take_in_themes(codebook, by=by, at=at)
        record("codebook_made", codebook, by=by, at=at, **{name: row.pk for name, row in place.items() if row})
    return codebook


def take_in_themes(codebook, *, by, at):
    """This will make codes of themes that were named elsewhere since last, and return how many; raises Refused."""
    rules.check_may_refit(codebook, by=by)
    if codebook.consultation_id:
        named = Q(pk__in=Remark.objects.filter(response__consultation=codebook.consultation_id, theme__isnull=False).values("theme"))
    else:
        named = Q(conference=codebook.conference_id)
    themes = Theme.objects.filter(named, withdrawn_at__isnull=True).exclude(pk__in=codebook.codes.values("theme"))
    with write():
        # Two may learn at once: the later one finds the codes there.
        hold(codebook)
        made = Code.objects.bulk_create(Code(codebook=codebook, theme=theme) for theme in themes.order_by("pk"))
        if made:
            record("codes_taken_in", codebook, by=by, at=at, themes=[code.theme_id for code in made])
    return len(made)


def change_guide(codebook, *, guide, share, by, at):
    """This will change how the book says to code, and how many of a hundred answers two people code; raises Refused."""
    rules.check_may_code(codebook, by=by)
    rules.check_guide(guide)
    rules.check_share(share)
    with write():
        codebook.guide, codebook.double_share = guide.strip(), share
        codebook.save(update_fields=["guide", "double_share"])
        record("codebook_changed", codebook, by=by, at=at, fields=["guide", "double_share"], share=share)
    return codebook


def add_code(codebook, *, name, description="", example="", by, at):
    """This will name a theme and make it a code of the book; raises Refused."""
    rules.check_may_code(codebook, by=by)
    rules.check_example(example)
    with write():
        rules.check_room_for_code(codebook.codes.count())
        theme = dialogue.name_theme(name=name, description=description, owner=codebook.owner, conference=codebook.conference, by=by, at=at)
        code = Code.objects.create(codebook=codebook, theme=theme, example=example.strip())
        record("code_added", codebook, by=by, at=at, theme=theme.pk)
    return code


def code_answer(codebook, answer_id, *, codes, by, at):
    """This will keep a coder's codes for one answer, settle what was suggested, and put the answer under the codes' themes.

    No codes means that none of them fits. Coding again replaces the own codes. The second coder's codes change no theme.
    Raises Refused for what cannot be coded.
    """
    rules.check_may_code(codebook, by=by)
    with write():
        rules.check_is_answer(_is_there(codebook, answer_id, by, at))
        chosen = list(codebook.codes.filter(pk__in=codes, theme__withdrawn_at__isnull=True).select_related("theme"))
        rules.check_codes(codebook, codes, chosen)
        coding = _kept(codebook, answer_id, by, at)
        coding.codes.set(chosen)
        if not coding.is_second:
            _settle(codebook, answer_id, chosen, by, at)
            _put_under(codebook, answer_id, chosen, by, at)
        asked = AskedAnswer.objects.filter(codebook=codebook, answer=answer_id)
        if coding.is_second:
            asked.delete()
        else:
            asked.filter(is_double=False).delete()
        record(
            "answer_coded", codebook, by=by, at=at, answer=answer_id, codes=[code.theme_id for code in chosen], is_second=coding.is_second
        )
    return coding


def confirm_suggestions(codebook, answer_id, *, by, at):
    """This will code an answer with what is suggested for it, unchanged; raises Refused when nothing is suggested any more."""
    with write():
        suggested = Suggestion.objects.filter(
            codebook=codebook, answer=answer_id, is_chosen=True, state="suggested", code__theme__withdrawn_at__isnull=True
        )
        codes = list(suggested.values_list("code", flat=True).distinct())
        rules.check_is_answer(bool(codes))
        return code_answer(codebook, answer_id, codes=codes, by=by, at=at)


def reject_suggestion(suggestion, *, by, at):
    """This will say that a suggested code does not fit; the answer still waits to be coded. Raises Refused."""
    rules.check_may_code(suggestion.codebook, by=by)
    with write():
        _decided(Suggestion.objects.filter(pk=suggestion.pk, state="suggested"), "rejected", by, at)
        record("suggestion_rejected", suggestion.codebook, by=by, at=at, answer=suggestion.answer_id, theme=suggestion.code.theme_id)


def _is_there(codebook, answer_id, by, at):
    try:
        return bool(answer_of(codebook, answer_id, by, at))
    except LookupError:
        return False


def _kept(codebook, answer_id, by, at):
    """The coder's own coding of the answer: the one that is there, or a new one, first or second."""
    own = Coding.objects.select_for_update(of=("self",)).filter(codebook=codebook, answer=answer_id, coder=by.person or "").first()
    if own is not None:
        own.at = at
        own.save(update_fields=["at"])
        return own
    asked = AskedAnswer.objects.filter(codebook=codebook, answer=answer_id).first()
    is_second = Coding.objects.filter(codebook=codebook, answer=answer_id, is_second=False).exists()
    why = asked.why if asked else Why.OWN
    if asked is None and not is_second and falls_on(codebook) and not ModelRun.objects.filter(codebook=codebook).exists():
        # The line is not made yet, and nothing has been suggested: the lot for two coders falls here instead.
        AskedAnswer.objects.get_or_create(codebook=codebook, answer_id=answer_id, defaults={"order": 0, "why": why, "is_double": True})
    return Coding.objects.create(codebook=codebook, answer_id=answer_id, coder=by.person or "", why=why, is_second=is_second, at=at)


def falls_on(codebook):
    """This will draw the lot that sends an answer to two coders; nobody can work out which before."""
    return secrets.randbelow(100) < codebook.double_share


def _settle(codebook, answer_id, chosen, by, at):
    rows = Suggestion.objects.filter(codebook=codebook, answer=answer_id)
    _decided(rows.filter(code__in=chosen), "confirmed", by, at)
    _decided(rows.filter(is_chosen=True).exclude(code__in=chosen), "rejected", by, at)
    # A code that was only possible is neither said yes nor no to.
    rows.filter(state="suggested").delete()


def _decided(rows, state, by, at):
    # The words are the answer's own; once decided nobody needs them here.
    rows.update(state=state, decided_at=at, decided_by=by.person or "", words=[])


def _put_under(codebook, answer_id, chosen, by, at):
    themes = [code.theme for code in chosen]
    if codebook.consultation_id:
        remark = consultation_queries.remark(answer_id, by, at)
        # A remark has one theme; the one it has stays when it is among those chosen.
        if remark.theme_id not in {theme.pk for theme in themes}:
            consultations.put_remark_under(remark, theme=themes[0] if themes else None, by=by, at=at)
        return
    statement = Statement.objects.get(pk=answer_id)
    there = Theming.objects.filter(statement=statement, theme__in=codebook.codes.values("theme"), theme__withdrawn_at__isnull=True)
    for theming in there.exclude(theme__in=themes).select_related("theme"):
        dialogue.take_out(theming.theme, statement, by=by, at=at)
    for theme in themes:
        dialogue.put_under(theme, statements=[statement], by=by, at=at)
