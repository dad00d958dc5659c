import secrets
from contextlib import contextmanager

from django.db.models import F, Max
from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Clash, Refused
from tovholder.base.events import new_thing, record
from tovholder.base.write import write
from tovholder.plans import rules
from tovholder.plans.models import PlanVersion, Provision, ProvisionText
from tovholder.plans.queries.entries import entries_of_provisions
from tovholder.texts.outline import outline

_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


@contextmanager
def _open(version, by):
    """One transaction in which the version is known to be an open draft, whatever the caller's object remembers."""
    with write():
        found = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan").get(pk=version.pk)
        rules.check_may_edit(found, by=by)
        yield found


def _permalink(plan):
    while True:
        permalink = "p-" + "".join(secrets.choice(_LETTERS) for _ in range(4))
        if not Provision.objects.filter(plan=plan, permalink=permalink).exists():
            return permalink


def _row(version, provision):
    row = ProvisionText.objects.select_for_update().filter(version=version, provision=provision).first()
    if row is None:
        raise Refused(_("Punktet er taget ud af udkastet i mellemtiden. Din tekst er her stadig."))
    return row


def _place_after(version, after):
    """Makes room and returns the order of the new place: after a provision, or last."""
    if after is None:
        return (ProvisionText.objects.filter(version=version).aggregate(last=Max("order"))["last"] or 0) + 1
    place = _row(version, after).order + 1
    ProvisionText.objects.filter(version=version, order__gte=place).update(order=F("order") + 1)
    return place


def _add(version, after, *, label, heading, body, level, by, at):
    provision = Provision.objects.create(thing=new_thing("provision", at), plan=version.plan, permalink=_permalink(version.plan))
    ProvisionText.objects.create(
        version=version, provision=provision, order=_place_after(version, after), level=level, label=label.strip(),
        heading=heading.strip(), body=body.strip(), edited_at=at, edited_by=by.person or "", edited_by_name=by.name,
    )  # fmt: skip
    search.keep(entries_of_provisions, [provision])
    record("provision_added", provision, by=by, at=at, version=version.pk)
    return provision


def add_provision(version, *, label, heading, body="", level=1, after=None, by, at):
    """This will add a promise to a draft, last or after another one."""
    rules.check_words(label, heading, body)
    with _open(version, by) as draft:
        return _add(draft, after, label=label, heading=heading, body=body, level=level, by=by, at=at)


def edit_provision(version, provision, *, label, heading, body, revision, by, at):
    """This will change a promise's words in a draft; raises Clash with both texts when someone saved in between."""
    rules.check_words(label, heading, body)
    with _open(version, by) as draft:
        row = _row(draft, provision)
        if (row.label, row.heading, row.body) == (label.strip(), heading.strip(), body.strip()):
            return row
        if row.revision != revision:
            raise Clash(
                _("%(name)s har gemt %(label)s, mens du skrev. Din tekst er her stadig.")
                % {"name": row.edited_by_name or _("En anden"), "label": row.label or row.heading},
                theirs={"label": row.label, "heading": row.heading, "body": row.body, "revision": row.revision, "name": row.edited_by_name},
                yours={"label": label, "heading": heading, "body": body},
            )
        row.label, row.heading, row.body = label.strip(), heading.strip(), body.strip()
        row.revision += 1
        row.edited_at, row.edited_by, row.edited_by_name = at, by.person or "", by.name
        row.save()
        search.keep(entries_of_provisions, [provision])
        record("provision_edited", provision, by=by, at=at, version=draft.pk, fields=["label", "heading", "body"])
    return row


def remove_provision(version, provision, *, by, at):
    """This will take a promise out of a draft; sealed versions keep it."""
    with _open(version, by) as draft:
        gone, _kinds = ProvisionText.objects.filter(version=draft, provision=provision).delete()
        if gone:
            search.keep(entries_of_provisions, [provision])
            record("provision_removed", provision, by=by, at=at, version=draft.pk)


def move_provision(version, provision, *, after, by, at):
    """This will move a promise within a draft, after another one or first when `after` is None."""
    with _open(version, by) as draft:
        rows = list(ProvisionText.objects.filter(version=draft).order_by("order", "id"))
        moved = next((row for row in rows if row.provision_id == provision.pk), None)
        if moved is None or (after is not None and not any(row.provision_id == after.pk for row in rows)):
            raise Refused(_("Punktet er taget ud af udkastet i mellemtiden. Genindlæs siden."))
        if after is not None and after.pk == provision.pk:
            return
        rows.remove(moved)
        place = 0 if after is None else next(n for n, row in enumerate(rows, 1) if row.provision_id == after.pk)
        rows.insert(place, moved)
        for order, row in enumerate(rows, 1):
            row.order = order
        ProvisionText.objects.bulk_update(rows, ["order"])
        record("provision_moved", provision, by=by, at=at, version=draft.pk)


def paste_outline(version, text, *, by, at):
    """This will add the numbered sections of a pasted text as promises at the end of a draft, and return them."""
    sections = outline(text)
    if not any(section.label or section.heading for section in sections):
        raise Refused(_("Vi kan ikke finde overskrifter i teksten. Skriv fx »1 Mål« på en linje for sig."), field="text")
    with _open(version, by) as draft:
        added = []
        for section in sections:
            label, heading = section.label[:20], section.heading[:200] or "Uden overskrift"
            rules.check_words(label, heading, section.body)
            level = min(max(section.level, 1), 6)
            added.append(_add(draft, None, label=label, heading=heading, body=section.body, level=level, by=by, at=at))
    return added
