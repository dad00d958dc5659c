from django.db.models import F
from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Clash, Refused
from tovholder.base.events import new_thing, record
from tovholder.base.write import write
from tovholder.consultations import rules
from tovholder.consultations.models import Remark
from tovholder.consultations.queries.entries import entries_of_remarks


def _locked(remark):
    rows = Remark.objects.select_for_update(of=("self",)).select_related("response__consultation__version__plan")
    return rows.get(pk=remark.pk)


def give_verdict(remark, *, verdict, reason="", revision, by, at):
    """This will answer a remark with a verdict and its reason; raises Clash with both when a colleague was first."""
    with write():
        remark = _locked(remark)
        rules.check_may_judge(remark, verdict=verdict, reason=reason, by=by)
        if (remark.verdict, remark.reason) == (verdict, reason.strip()):
            return remark
        if remark.revision != revision:
            who = remark.verdict_by_name or _("En kollega")
            raise Clash(
                _("%(name)s har gemt en vurdering, mens du skrev. Din tekst er her stadig.") % {"name": who},
                theirs={"verdict": remark.verdict, "reason": remark.reason, "revision": remark.revision, "name": who},
                yours={"verdict": verdict, "reason": reason},
            )
        remark.verdict, remark.reason = verdict, reason.strip()
        remark.verdict_at, remark.verdict_by, remark.verdict_by_name = at, by.person or "", by.name
        remark.revision += 1
        remark.save()
        search.keep(entries_of_remarks, [remark])
        record("verdict_given", remark, by=by, at=at, verdict=verdict)
    return remark


def give_same_verdict(remark, others, *, verdict, reason="", revision, by, at):
    """This will answer a remark and others that say the same with one verdict and one reason, all of them or none.

    others: (remark, the revision that was read). Raises Clash when a colleague was first with the first remark, Refused otherwise."""
    with write():
        for other, read in others:
            found = _locked(other)
            rules.check_same_round(found, remark)
            rules.check_may_judge(found, verdict=verdict, reason=reason, by=by)
            if found.revision != read:
                told = {"name": found.verdict_by_name or _("En kollega"), "n": f"{found.response.number}.{found.order}"}
                sentence = _("%(name)s har ændret %(n)s, mens du skrev. Intet er gemt. Se på den igen, og vælg, om den skal med.")
                raise Refused(sentence % told, field="also")
        rows = [(remark, revision), *others]
        return [give_verdict(row, verdict=verdict, reason=reason, revision=read, by=by, at=at) for row, read in rows]


def code_remark(remark, *, provision=None, theme=None, by, at):
    """This will place a remark at a provision, or mark it as general when there is none, and give it a theme."""
    with write():
        remark = _locked(remark)
        consultation = remark.response.consultation
        rules.check_may_change(consultation, by=by)
        if provision is not None and not consultation.version.texts.filter(provision=provision).exists():
            raise Refused(_("Punktet er ikke med i den tekst, der er i høring."), field="provision")
        remark.provision, remark.is_general, remark.theme = provision, provision is None, theme
        remark.save(update_fields=["provision", "is_general", "theme"])
        record("remark_coded", remark, by=by, at=at, provision=provision.pk if provision else None, theme=theme.pk if theme else None)
    return remark


def put_remark_under(remark, *, theme, by, at):
    """This will give a remark its theme, or none, and leave it where it stands; raises Refused."""
    with write():
        remark = _locked(remark)
        rules.check_may_change(remark.response.consultation, by=by)
        if remark.theme_id != (theme.pk if theme else None):
            remark.theme = theme
            remark.save(update_fields=["theme"])
            record("remark_themed", remark, by=by, at=at, theme=theme.pk if theme else None)
    return remark


def split_remark(remark, *, parts, by, at):
    """This will divide a remark in several without losing a word; raises Refused when it has a verdict."""
    parts = [part.strip() for part in parts if part.strip()]
    with write():
        remark = _locked(remark)
        rules.check_may_change(remark.response.consultation, by=by)
        rules.check_parts(remark.text, parts)
        if remark.verdict:
            raise Refused(_("Bemærkningen er besvaret og kan ikke deles."))
        Remark.objects.filter(response=remark.response_id, order__gt=remark.order).update(order=F("order") + len(parts) - 1)
        remark.text = parts[0]
        remark.revision += 1
        remark.save(update_fields=["text", "revision"])
        made = [remark]
        for order, part in enumerate(parts[1:], remark.order + 1):
            made.append(
                Remark.objects.create(
                    thing=new_thing("remark", at), response=remark.response, provision=remark.provision, is_general=remark.is_general,
                    theme=remark.theme, order=order, text=part,
                )
            )  # fmt: skip
        search.keep(entries_of_remarks, made)
        record("remark_split", remark, by=by, at=at, into=[row.pk for row in made])
    return made
