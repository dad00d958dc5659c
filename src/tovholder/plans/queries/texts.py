from tovholder.base.rows import one
from tovholder.plans.models import ProvisionText
from tovholder.plans.queries.plans import visible_versions
from tovholder.texts import difference


def texts_of(version):
    """This will return a version's provisions in their order."""
    return ProvisionText.objects.filter(version=version).select_related("provision").order_by("order", "id")


def text_of(version, provision):
    """This will return the words of one provision in one version; raises LookupError."""
    return one(ProvisionText.objects.select_related("provision", "version"), version=version, provision=provision)


def reads_alike(version, other):
    """This will answer whether two versions hold the same words in the same order."""
    words = [list(texts_of(row).values_list("provision_id", "level", "label", "heading", "body")) for row in (version, other)]
    return words[0] == words[1]


def history_of(provision, by, at):
    """This will return a provision's words in every readable version that holds it, oldest first, with what changed each time."""
    rows = ProvisionText.objects.filter(provision=provision, version__in=visible_versions(by, at))
    found, before = [], None
    for row in rows.select_related("version").order_by("version__number"):
        runs = difference.difference(before.body, row.body) if before else ()
        found.append((row, runs, bool(before) and (before.label, before.heading, before.body) == (row.label, row.heading, row.body)))
        before = row
    return found


def place_beside(version, provision, *, up):
    """This will return the provision that another one comes to stand after when it moves one place; None when it becomes first."""
    rows = list(texts_of(version))
    here = next((number for number, row in enumerate(rows) if row.provision_id == provision.pk), 0)
    after = here - 2 if up else min(here + 1, len(rows) - 1)
    return rows[after].provision if rows and after >= 0 else None


def words_of(provision_ids, at):
    """This will return {provision id: newest public words} for many provisions."""
    rows = ProvisionText.objects.filter(provision__in=provision_ids, version__published_at__lte=at)
    rows = rows.select_related("version__plan__kind", "provision").order_by("version__number")
    return {row.provision_id: row for row in rows}


def _plain(rows):
    return [difference.ProvisionText(row.provision_id, row.label, row.heading, row.body) for row in rows]


def comparison(before, after):
    """This will return what changed from one version to another, matched by provision identity."""
    return difference.compare(_plain(texts_of(before)), _plain(texts_of(after)))
