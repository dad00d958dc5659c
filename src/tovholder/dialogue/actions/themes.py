"""Gathering: a planner names what several statements are about."""

from tovholder.base import search
from tovholder.base.events import new_thing, record
from tovholder.base.write import write
from tovholder.parties.queries import local_day

from .. import rules
from ..models import Statement, Theme, Theming
from ..queries.entries import entries_of_themes


def _is_taken(name, conference, group, besides=None):
    rows = Theme.objects.filter(name__iexact=name.strip(), conference=conference, group=group, withdrawn_at__isnull=True)
    return (rows.exclude(pk=besides.pk) if besides else rows).exists()


def name_theme(*, name, owner, description="", conference=None, group=None, statements=(), by, at):
    """This will name a theme and, with it, put the first statements under it; raises Refused and then stores nothing."""
    rules.check_may_name(owner, conference=conference, group=group, day=local_day(at), by=by)
    with write():
        rules.check_name(name, description, is_taken=False)
        rules.check_name(name, description, is_taken=_is_taken(name, conference, group))
        theme = Theme(name=name.strip(), description=rules.tidy(description), owner=owner, conference=conference, group=group)
        if statements:
            rules.check_statements(theme, _as_stored(statements))
        theme.thing = new_thing("theme", at)
        theme.save(force_insert=True)
        search.keep(entries_of_themes, [theme])
        record("theme_named", theme, by=by, at=at, conference=conference.pk if conference else None, group=group.pk if group else None)
        if statements:
            put_under(theme, statements=statements, by=by, at=at)
    return theme


def _as_stored(statements):
    return list(Statement.objects.filter(pk__in=[row.pk for row in statements]))


def rename_theme(theme, *, name, description="", by, at):
    """This will change a theme's name and description; the statements stay. Raises Refused."""
    with write():
        theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
        rules.check_may_change_theme(theme, by=by)
        rules.check_name(name, description, is_taken=False)
        rules.check_name(name, description, is_taken=_is_taken(name, theme.conference_id, theme.group_id, besides=theme))
        theme.name, theme.description = name.strip(), rules.tidy(description)
        theme.save(update_fields=["name", "description"])
        search.keep(entries_of_themes, [theme])
        record("theme_renamed", theme, by=by, at=at, fields=["name", "description"])
    return theme


def put_under(theme, *, statements, by, at):
    """This will put public statements under a theme, each once, and return how many are new there; raises Refused."""
    with write():
        theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
        rules.check_may_change_theme(theme, by=by)
        rows = _as_stored(statements)
        rules.check_statements(theme, rows)
        there = set(Theming.objects.filter(theme=theme, statement__in=rows).values_list("statement_id", flat=True))
        new = [row for row in rows if row.pk not in there]
        Theming.objects.bulk_create(Theming(theme=theme, statement=row, made_at=at, made_by=by.person or "") for row in new)
        if new:
            record("put_under", theme, by=by, at=at, statements=[row.pk for row in new])
    return len(new)


def take_out(theme, statement, *, by, at):
    """This will take a statement out of a theme; it was there once, and the log says so. Raises Refused."""
    rules.check_may_change_theme(theme, by=by)
    with write():
        taken, _rows = Theming.objects.filter(theme=theme, statement=statement).delete()
        if taken:
            record("taken_out", theme, by=by, at=at, statement=statement.pk)


def withdraw_theme(theme, *, by, at):
    """This will withdraw a theme; its page stays, and its statements wait to be gathered again. Raises Refused."""
    with write():
        theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
        rules.check_may_change_theme(theme, by=by)
        theme.withdrawn_at = at
        theme.save(update_fields=["withdrawn_at"])
        search.keep(entries_of_themes, [theme])
        record("theme_withdrawn", theme, by=by, at=at)
    return theme
