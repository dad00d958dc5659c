"""Planning a conference: the series behind it, its day, its programme and its questions."""

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Refused
from tovholder.base.events import new_thing, record
from tovholder.base.write import write
from tovholder.intake import actions as intake
from tovholder.parties.queries import local_day

from .. import rules
from ..models import Conference, ConferenceSeries, ProgrammeItem, Question
from ..queries import entries

_NOTICE = ("controller", "purpose", "legal_basis", "delete_on", "contact_role", "contact_mail", "contact_phone")


def _keep_conference(conference):
    search.keep(entries.entries_of_conferences, entries.found_conferences().filter(pk=conference.pk))


def found_series(*, name, organiser, purpose="", decision="", source="", by, at):
    """This will store the standing decision behind a yearly conference; raises Refused without a mandate at the organiser."""
    rules.check_may_plan(organiser, day=local_day(at), by=by)
    rules.check_filled(_("Giv rækken et navn."), name=name)
    rules.check_lengths(name=name, purpose=purpose, decision=decision, source=source)
    with write():
        series = ConferenceSeries.objects.create(
            thing=new_thing("conference_series", at), name=name.strip(), organiser=organiser, purpose=rules.tidy(purpose),
            decision=rules.tidy(decision), source=rules.tidy(source),
        )  # fmt: skip
        search.keep(entries.entries_of_series, [series])
        record("series_founded", series, by=by, at=at)
    return series


def plan_conference(
    *, title, organiser, venue, starts_at, ends_at, short_code, series=None, input_opens_at=None, input_closes_at=None, notice=None,
    notice_words=None, by, at, **words,
):  # fmt: skip
    """This will plan a conference as a draft; `notice_words` writes its privacy notice with it. Raises Refused."""
    rules.check_may_plan(organiser, day=local_day(at), by=by)
    code = short_code.strip().lower()
    _check(None, title, venue, starts_at, ends_at, input_opens_at, input_closes_at, code, words)
    if series is not None and series.organiser_id != organiser.pk:
        raise Refused(_("Rækken hører til en anden arrangør."), field="series")
    try:
        with write():
            conference = Conference.objects.create(
                thing=new_thing("conference", at), series=series, title=title.strip(), organiser=organiser, venue=venue.strip(),
                starts_at=starts_at, ends_at=ends_at, input_opens_at=input_opens_at, input_closes_at=input_closes_at, short_code=code,
                notice=notice or _notice(None, title, notice_words, input_closes_at or ends_at, by, at), **_tidied(words),
            )  # fmt: skip
            _keep_conference(conference)
            record("conference_planned", conference, by=by, at=at, series=series.pk if series else None)
    except IntegrityError:
        rules.check_short_code(code, is_taken=True)
        raise
    return conference


def change_conference(
    conference, *, title, venue, starts_at, ends_at, short_code, series=None, input_opens_at=None, input_closes_at=None, notice_words=None,
    by, at, **words,
):  # fmt: skip
    """This will change a conference; changed notice words become a new notice. Raises Refused."""
    code = short_code.strip().lower()
    with write():
        conference = Conference.objects.select_for_update(of=("self",)).select_related("notice").get(pk=conference.pk)
        rules.check_may_change(conference, by=by)
        rules.check_keeps_code(conference, code)
        _check(conference, title, venue, starts_at, ends_at, input_opens_at, input_closes_at, code, words)
        if series is not None and series.organiser_id != conference.organiser_id:
            raise Refused(_("Rækken hører til en anden arrangør."), field="series")
        notice = _notice(conference.notice, title, notice_words, input_closes_at or ends_at, by, at)
        if conference.state != "draft":
            rules.check_has_notice(input_opens_at=input_opens_at, notice=notice)
        changed = {
            "series": series, "title": title.strip(), "venue": venue.strip(), "starts_at": starts_at, "ends_at": ends_at,
            "short_code": code, "input_opens_at": input_opens_at, "input_closes_at": input_closes_at, "notice": notice, **_tidied(words),
        }  # fmt: skip
        fields = sorted(name for name, value in changed.items() if getattr(conference, name) != value)
        for name in fields:
            setattr(conference, name, changed[name])
        if fields:
            conference.save(update_fields=fields)
            _keep_conference(conference)
            record("conference_changed", conference, by=by, at=at, fields=fields)
    return conference


def _check(conference, title, venue, starts_at, ends_at, input_opens_at, input_closes_at, code, words):
    rules.check_filled(_("Giv konferencen et navn."), title=title)
    rules.check_filled(_("Skriv, hvor konferencen bliver holdt."), venue=venue)
    rules.check_lengths(title=title, venue=venue, **words)
    rules.check_times(starts_at=starts_at, ends_at=ends_at, input_opens_at=input_opens_at, input_closes_at=input_closes_at)
    others = Conference.objects.filter(short_code=code)
    if conference is not None:
        others = others.exclude(pk=conference.pk)
    rules.check_short_code(code, is_taken=others.exists())


def _tidied(words):
    return {name: rules.tidy(text) for name, text in words.items()}


def _notice(known, title, words, last, by, at):
    """A notice people have read is never rewritten: other words are a new notice."""
    if not words:
        return known
    if not words.get("delete_on"):
        raise Refused(_("Skriv, hvilken dag I sletter folks ord."), field="delete_on")
    wanted = {name: words.get(name) or "" for name in _NOTICE}
    if known is not None and all(getattr(known, name) == wanted[name] for name in _NOTICE):
        return known
    rules.check_deletion_day(wanted["delete_on"], after=local_day(last))
    return intake.write_notice(name=title.strip()[:120], **wanted, by=by, at=at)


def publish_conference(conference, *, by, at):
    """This will let everyone read a conference and, in its time, write to it; raises Refused without a privacy notice."""
    with write():
        conference = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
        rules.check_may_publish(conference, by=by)
        conference.state = Conference.State.PUBLISHED
        conference.save(update_fields=["state"])
        record("conference_published", conference, by=by, at=at)
    return conference


def withdraw_conference(conference, *, by, at):
    """This will withdraw a public conference; the page stays and says so. Raises Refused."""
    with write():
        conference = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
        rules.check_may_withdraw_conference(conference, by=by)
        conference.state = Conference.State.WITHDRAWN
        conference.save(update_fields=["state"])
        _keep_conference(conference)
        search.keep(entries.entries_of_statements, entries.found_statements().filter(conference=conference))
        record("conference_withdrawn", conference, by=by, at=at)
    return conference


def add_programme_item(conference, *, starts_at, title, kind="talk", speakers="", film_address="", film_text="", by, at):
    """This will add an item to a conference's programme; a film needs its text. Raises Refused."""
    rules.check_programme_item(
        conference, title=title, kind=kind, kinds=ProgrammeItem.Kind.values, film_address=film_address, film_text=film_text,
        speakers=speakers, starts_at=starts_at, by=by,
    )  # fmt: skip
    with write():
        item = ProgrammeItem.objects.create(
            conference=conference, starts_at=starts_at, title=title.strip(), kind=kind, speakers=speakers.strip(),
            film_address=film_address, film_text=rules.tidy(film_text),
        )  # fmt: skip
        _keep_conference(conference)
        record("programme_item_added", conference, by=by, at=at, item=item.pk, item_kind=kind)
    return item


def remove_programme_item(item, *, by, at):
    """This will take an item out of a conference's programme."""
    rules.check_may_change(item.conference, by=by)
    with write():
        record("programme_item_removed", item.conference, by=by, at=at, item=item.pk)
        ProgrammeItem.objects.filter(pk=item.pk).delete()
        _keep_conference(item.conference)


def ask_question(*, text, conference=None, group=None, number=None, closes_at=None, passage=None, by, at):
    """This will ask a guiding question at a conference or in a theme group; a changed wording is a new question. Raises Refused."""
    text = rules.tidy(text)
    rules.check_question(text, conference=conference, group=group, closes_at=closes_at, by=by, at=at)
    if conference is not None:
        rules.check_may_change(conference, by=by)
    else:
        rules.check_may_run(group, by=by)
    asked = (conference or group).questions
    with write():
        number = number or (asked.aggregate(last=Max("number"))["last"] or 0) + 1
        question = Question.objects.create(
            thing=new_thing("question", at),
            conference=conference,
            group=group,
            number=number,
            text=text,
            closes_at=closes_at,
            passage=passage,
        )
        if conference is not None:
            _keep_conference(conference)
        else:
            search.keep(entries.entries_of_groups, entries.found_groups().filter(pk=group.pk))
        record("question_asked", question, by=by, at=at, of=(conference or group).pk)
    return question
