"""Doors to theme groups: what they are for, who takes part, what they want to talk about."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tovholder.base.errors import passes
from tovholder.dialogue import actions, queries, rules
from tovholder.parties import queries as parties
from tovholder.parties.queries import local_day
from tovholder.parties.rules import GROUP_COORDINATOR
from tovholder.web.accounts.doors import signed_in
from tovholder.web.dialogue import forms

from .filling import address, crumbs, fill_in, found, own_parties


def _steps(group):
    return [(_("Temagrupper"), address("groups")), (group.name, address("group", group.pk))]


def groups(request):
    """This will list the theme groups, each with its status and how many parties take part."""
    context = {
        "groups": queries.groups(request.at),
        "crumbs": crumbs((_("Temagrupper"), "")),
        "may_found": bool(request.by.parties_as(GROUP_COORDINATOR)),
    }
    return render(request, "dialogue/groups.html", context)


def group(request, group_id):
    """This will show one theme group and, to its people, what they may do."""
    here = found(queries.group, group_id)
    day = local_day(request.at)
    worked, worked_less = queries.experiences_of(here)
    own = queries.own_parties_in(here, request.by, day)
    context = {
        "group": here,
        "crumbs": crumbs((_("Temagrupper"), address("groups")), (here.name, "")),
        "members": queries.members_on_day(here, day),
        "contacts": queries.contacts_of(here, day),
        "topics": queries.topics_of(here, request.by, day),
        "meetings": queries.meetings_of(here),
        "questions": queries.questions_of(here),
        "themes": queries.themes(request.by, request.at, group=here),
        "worked": worked,
        "worked_less": worked_less,
        "may_run": passes(rules.check_may_run, here, by=request.by),
        "takes_part": bool(own) and here.status != "closed",
        "day": day,
    }
    return render(request, "dialogue/group.html", context)


@signed_in
def found_group(request):
    """This will found a theme group."""
    rules.check_may_found_any(by=request.by)
    form = forms.GroupForm(request.POST or None, host=own_parties(request.by, GROUP_COORDINATOR))
    return fill_in(
        request, form, actions.found_group, title=_("Opret en temagruppe"), done=_("Temagruppen er oprettet. Tilføj de første medlemmer."),
        steps=[(_("Temagrupper"), address("groups"))], to=lambda made: address("group", made.pk),
    )  # fmt: skip


def _run(request, group_id):
    here = found(queries.group, group_id)
    rules.check_may_run(here, by=request.by)
    return here


@signed_in
def change_group(request, group_id):
    """This will change what a group says about itself."""
    here = _run(request, group_id)
    form = forms.GroupForm(request.POST or None, initial={name: getattr(here, name) for name in forms.GroupForm.base_fields})
    del form.fields["host"]
    return fill_in(
        request, form, lambda **answer: actions.change_group(here, **answer), title=_("Ret temagruppen"), button=_("Gem"),
        done=_("Ændringerne er gemt."), steps=_steps(here), to=lambda made: address("group", here.pk),
    )  # fmt: skip


@signed_in
def pause_group(request, group_id):
    """This will pause a group from a day, with its reason."""
    here = _run(request, group_id)
    form = forms.PauseForm(request.POST or None, initial={"on": local_day(request.at)})
    return fill_in(
        request, form, lambda **answer: actions.pause_group(here, **answer), title=_("Sæt gruppen på pause"),
        done=_("Gruppen er på pause."), steps=_steps(here), to=lambda made: address("group", here.pk),
    )  # fmt: skip


@signed_in
def resume_group(request, group_id):
    """This will let a paused group go on."""
    here = _run(request, group_id)
    form = forms.ResumeForm(request.POST or None, initial={"on": local_day(request.at)})
    return fill_in(
        request, form, lambda **answer: actions.resume_group(here, **answer), title=_("Genoptag gruppen"),
        done=_("Gruppen er i gang igen."), steps=_steps(here), to=lambda made: address("group", here.pk),
    )  # fmt: skip


@signed_in
def close_group(request, group_id):
    """This will close a group for good."""
    here = _run(request, group_id)
    form = forms.PauseForm(request.POST or None, initial={"on": local_day(request.at)})
    return fill_in(
        request, form, lambda **answer: actions.close_group(here, **answer), title=_("Luk gruppen"),
        lead=_("Alt, gruppen har lavet, bliver stående. En lukket gruppe kan ikke åbnes igen."),
        done=_("Gruppen er lukket."), steps=_steps(here), to=lambda made: address("group", here.pk),
    )  # fmt: skip


@signed_in
def add_member(request, group_id):
    """This will add a party to a group."""
    here = _run(request, group_id)
    form = forms.MemberForm(request.POST or None, party=parties.parties_on(local_day(request.at)))
    return fill_in(
        request, form, lambda **answer: actions.add_member(here, **answer), title=_("Tilføj et medlem"), button=_("Tilføj medlemmet"),
        done=_("Medlemmet er med."), steps=_steps(here), to=lambda made: address("group", here.pk) + "#medlemmer",
    )  # fmt: skip


@signed_in
def end_membership(request, member_id):
    """This will end a membership on a day."""
    here = found(queries.member, member_id)
    rules.check_may_run(here.group, by=request.by)
    form = forms.EndForm(request.POST or None, initial={"on": local_day(request.at)})
    return fill_in(
        request, form, lambda **answer: actions.end_membership(here, **answer), title=_("Afslut medlemskabet"), eyebrow=here.party.name,
        done=_("Medlemskabet er afsluttet."), steps=_steps(here.group), to=lambda made: address("group", here.group_id) + "#medlemmer",
    )  # fmt: skip


def _own_here(request, group):
    own = queries.own_parties_in(group, request.by, local_day(request.at))
    rules.check_takes_part(own)
    return own


@signed_in
def propose_topic(request, group_id):
    """This will put a topic on a group's list."""
    here = found(queries.group, group_id)
    form = forms.TopicForm(request.POST or None, party=_own_here(request, here))
    return fill_in(
        request, form, lambda **answer: actions.propose_topic(here, **answer), title=_("Foreslå et emne"),
        done=_("Emnet står på listen."), steps=_steps(here), to=lambda made: address("group", here.pk) + "#emner",
    )  # fmt: skip


@signed_in
@require_POST
def support_topic(request, topic_id):
    """This will say that one of the actor's own parties supports a topic."""
    topic = found(queries.topic, topic_id)
    party = found(parties.party, request.POST.get("party"))
    actions.support_topic(topic, party=party, by=request.by, at=request.at)
    messages.success(request, _("%(party)s støtter emnet.") % {"party": party.name})
    return redirect(address("group", topic.group_id) + "#emner")


@signed_in
def tell_experience(request, group_id):
    """This will tell what worked and what worked less well."""
    here = found(queries.group, group_id)
    form = forms.ExperienceForm(request.POST or None, party=_own_here(request, here))
    return fill_in(
        request, form, lambda **answer: actions.tell_group_experience(here, **answer), title=_("Del en erfaring"),
        lead=_("Stjæl med stolthed. Del med glæde. Alle kan læse det, du skriver."), done=_("Erfaringen er delt."), steps=_steps(here),
        to=lambda made: address("group", here.pk) + "#erfaringer",
    )  # fmt: skip


@signed_in
def ask_group(request, group_id):
    """This will ask a guiding question in a group."""
    here = _run(request, group_id)
    return fill_in(
        request, forms.GroupQuestionForm(request.POST or None), lambda **answer: actions.ask_question(group=here, **answer),
        title=_("Stil et spørgsmål"), done=_("Spørgsmålet er stillet."), steps=_steps(here), to=lambda made: address("group", here.pk),
    )  # fmt: skip
