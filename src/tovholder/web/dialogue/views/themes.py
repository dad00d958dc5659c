"""Doors to themes: what people talk about, and the desk where a planner gathers what they said."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tovholder.base.errors import Refused, passes
from tovholder.base.written import number
from tovholder.dialogue import actions, queries, rules
from tovholder.pictures import ThemeCount, flow
from tovholder.texts.danish import sort_key
from tovholder.threads import queries as threads
from tovholder.web.accounts.doors import signed_in
from tovholder.web.design.words import SECTORS
from tovholder.web.dialogue import forms

from .filling import address, crumbs, fill_in, found, page_of


def themes(request):
    """This will show every theme with how many statements it gathers, by sector."""
    sized = queries.sized_themes(queries.themes(request.by, request.at))
    largest = sorted(sized, key=lambda row: (-row.total, sort_key(row.theme.name)))
    total = sum(row.total for row in sized)
    picture = None
    if total:
        counted = ngettext("%(n)s udsagn er samlet i temaer.", "%(n)s udsagn er samlet i temaer.", total) % {"n": number(total)}
        title = _("Flest taler om »%(theme)s«") % {"theme": largest[0].theme.name}
        bars = [ThemeCount(row.theme.name, row.by_sector) for row in largest if row.total]
        picture = flow(bars, title=title, description=counted, words=_words())
    context = {"sized": sized, "picture": picture, "crumbs": crumbs((_("Temaer"), ""))}
    return render(request, "dialogue/themes.html", context)


def _words():
    return {
        **{key: str(name) for key, (_shape, name) in SECTORS.items()},
        "theme": _("Tema"),
        "total": _("I alt"),
        "rest": _("{count} andre temaer"),
        "most": _("Flest udsagn har »{name}« med {count}."),
    }


def theme(request, theme_id):
    """This will show one theme: what it is about, how many said it, their words and what it led to."""
    here = found(queries.theme, theme_id, request.by, request.at)
    sized = queries.sized_themes([here])[0]
    context = {
        "theme": here,
        "sized": sized,
        "said": page_of(queries.statements_under(here, request.at), request),
        "crumbs": crumbs((_("Temaer"), address("themes")), (here.name, "")),
        "may_change": passes(rules.check_may_change_theme, here, by=request.by),
        "findings": threads.findings_about(here.pk, request.by, request.at),
    }
    return render(request, "dialogue/theme.html", context)


def statement(request, statement_id):
    """This will show one public statement, the themes it stands under and the way to its thread."""
    here = found(lambda key: queries.public_statement(key, request.at), statement_id)
    votes = queries.vote_counts([here.pk])[here.pk]
    name = str(here) if here.number else _("Et udsagn")
    context = {
        "statement": here,
        "name": name,
        "is_long": len(here.text) > 240,
        "themes": queries.themes_of_statement(here, request.by, request.at),
        "votes": votes if sum(votes.values()) >= 5 else None,
        "crumbs": crumbs(*_where(here), (name, "")),
    }
    return render(request, "dialogue/statement.html", context)


def _where(found_statement):
    if found_statement.conference_id:
        return [(found_statement.conference.title, address("conference", found_statement.conference_id))]
    return [(found_statement.group.name, address("group", found_statement.group_id))] if found_statement.group_id else []


@signed_in
def desk(request, conference_id):
    """This will let a planner gather a conference's statements: tick them, and name what they are about."""
    here = found(queries.conference, conference_id, request.by, request.at)
    rules.check_may_gather(here, by=request.by)
    form = forms.ThemeForm(request.POST or None)
    ticked = request.POST.getlist("statement")[:200]
    if request.method == "POST" and (went := _gather(request, here, form, ticked)):
        return went
    words = request.GET.get("q", "")[:80]
    context = {
        "conference": here,
        "form": form,
        "ticked": set(ticked),
        "words": words,
        "left": page_of(queries.unthemed_statements(here, request.by, request.at, words), request, 50),
        "sized": queries.sized_themes(queries.themes(request.by, request.at, conference=here)),
        "crumbs": crumbs((here.title, address("conference", here.pk)), (_("Saml i temaer"), "")),
    }
    return render(request, "dialogue/desk.html", context, status=422 if form.errors else 200)


def _gather(request, here, form, ticked):
    rows = queries.statements_by_ids(here, ticked, request.at)
    try:
        if chosen := request.POST.get("theme"):
            form.errors.clear()
            theme = found(queries.theme, chosen, request.by, request.at)
            count = actions.put_under(theme, statements=rows, by=request.by, at=request.at)
        elif form.is_valid():
            rules.check_ticked(rows)
            theme = actions.name_theme(
                **form.cleaned_data, owner=here.organiser, conference=here, statements=rows, by=request.by, at=request.at
            )
            count = len(rows)
        else:
            return None
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    said = ngettext("Ét udsagn ligger nu under »%(theme)s«.", "%(n)s udsagn ligger nu under »%(theme)s«.", count)
    messages.success(request, said % {"n": count, "theme": theme.name})
    return redirect(request.get_full_path())


@signed_in
def rename_theme(request, theme_id):
    """This will change a theme's name and description."""
    here = found(queries.theme, theme_id, request.by, request.at)
    rules.check_may_change_theme(here, by=request.by)
    form = forms.ThemeForm(request.POST or None, initial={"name": here.name, "description": here.description})
    return fill_in(
        request, form, lambda **answer: actions.rename_theme(here, **answer), title=_("Ret temaet"), button=_("Gem"),
        done=_("Temaet er rettet."), steps=[(here.name, address("theme", here.pk))], to=lambda made: address("theme", here.pk),
    )  # fmt: skip


@signed_in
@require_POST
def take_out(request, theme_id):
    """This will take a statement out of a theme."""
    here = found(queries.theme, theme_id, request.by, request.at)
    row = found(lambda key: queries.public_statement(key, request.at), request.POST.get("statement"))
    actions.take_out(here, row, by=request.by, at=request.at)
    messages.success(request, _("Udsagnet er taget ud af temaet."))
    return redirect(address("theme", here.pk))


@signed_in
def withdraw_theme(request, theme_id):
    """This will withdraw a theme, on a page that says what it means."""
    here = found(queries.theme, theme_id, request.by, request.at)
    rules.check_may_change_theme(here, by=request.by)
    return fill_in(
        request, forms.Asking(request.POST if request.method == "POST" else None), lambda **answer: actions.withdraw_theme(here, **answer),
        title=_("Træk temaet tilbage"), eyebrow=here.name,
        lead=_("Temaets side bliver stående og siger, at det er trukket tilbage. Udsagnene kan lægges under et andet tema."),
        done=_("Temaet er trukket tilbage."), steps=[(here.name, address("theme", here.pk))], to=lambda made: address("theme", here.pk),
    )  # fmt: skip
