"""Doors to a theme group's meetings: the agenda decides whom to invite."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from tovholder.base.errors import passes
from tovholder.dialogue import actions, queries, rules
from tovholder.parties.queries import local_day, sectors
from tovholder.web.accounts.doors import signed_in
from tovholder.web.dialogue import forms

from .filling import address, crumbs, fill_in, found


def _steps(group, *more):
    return [(_("Temagrupper"), address("groups")), (group.name, address("group", group.pk)), *more]


def meeting(request, meeting_id):
    """This will show a meeting: its agenda, whom it invites and why, and its minutes."""
    here = found(queries.meeting, meeting_id)
    agenda = queries.agenda_of(here)
    words = dict(sectors())
    context = {
        "meeting": here,
        "agenda": [(item, [(code, words[code]) for code in item.concerns]) for item in agenda],
        "invitation": queries.invited(here, agenda),
        "crumbs": crumbs(*_steps(here.group), (here.title, "")),
        "is_held": here.ends_at <= request.at,
        "has_begun": here.starts_at <= request.at,
        "may_run": passes(rules.check_may_run, here.group, by=request.by),
    }
    return render(request, "dialogue/meeting.html", context)


@signed_in
def call_meeting(request, group_id):
    """This will call a meeting of a group."""
    group = found(queries.group, group_id)
    rules.check_may_run(group, by=request.by)
    return fill_in(
        request, forms.MeetingForm(request.POST or None), lambda **answer: actions.call_meeting(group, **answer),
        title=_("Indkald til møde"), button=_("Indkald"), done=_("Mødet står på gruppens side. Skriv nu dagsordenen."),
        lead=_("Dagsordenen afgør bagefter, hvem mødet inviterer."), steps=_steps(group), to=lambda made: address("meeting", made.pk),
    )  # fmt: skip


@signed_in
def add_agenda_item(request, meeting_id):
    """This will add an item to an agenda."""
    here = found(queries.meeting, meeting_id)
    rules.check_may_run(here.group, by=request.by)
    topics = [row.topic for row in queries.topics_of(here.group, request.by, local_day(request.at))]
    form = forms.AgendaItemForm(request.POST or None, kind=queries.agenda_kinds(), initial={"kind": "discussion"})
    form.fields["topic"].offer(topics, name="text")
    return fill_in(
        request, form, lambda **answer: actions.add_agenda_item(here, **answer), title=_("Tilføj et punkt til dagsordenen"),
        button=_("Tilføj punktet"), done=_("Punktet står på dagsordenen. Listen over inviterede er regnet om."),
        steps=_steps(here.group, (here.title, address("meeting", here.pk))), to=lambda made: address("meeting", here.pk),
    )  # fmt: skip


@signed_in
def write_minutes(request, meeting_id):
    """This will write a meeting's minutes."""
    here = found(queries.meeting, meeting_id)
    rules.check_may_run(here.group, by=request.by)
    form = forms.MinutesForm(request.POST or None, agenda=queries.agenda_of(here), initial={"minutes": here.minutes})
    return fill_in(
        request, form, lambda **answer: actions.write_minutes(here, **answer), title=_("Skriv referat"), button=_("Gem referatet"),
        done=_("Referatet er gemt."), steps=_steps(here.group, (here.title, address("meeting", here.pk))),
        to=lambda made: address("meeting", here.pk),
    )  # fmt: skip
