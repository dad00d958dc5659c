"""Keeping what the votes of a conference say, and publishing it. Only figures that may be shown to all are kept."""

from tovholder.base.events import new_thing, record
from tovholder.base.write import write

from .. import rules
from ..models import Finding, OpinionAlarm, OpinionMap
from ..queries.ballots import Ballots, live_figures, read_anew, same_sums
from ..queries.opinion import stored_map
from ..queries.whole import whole_of


def redraw_map(conference, *, ballots=None, with_live=True, by, at):
    """This will calculate a conference's whole map from its answers and keep what may be shown; returns {device: group}.

    `ballots` is what a keeper already holds; it is compared with a reading of everything. Without `with_live` the fast part is left to
    someone who has gone on renewing it meanwhile. Raises Refused once ties are cut."""
    rules.check_may_redraw(conference, by=by)
    if ballots is None:
        ballots = Ballots(conference)
        ballots.catch_up()
    rules.check_ties_stand(conference, are_cut=ballots.are_cut)
    last = stored_map(conference)
    whole = whole_of(ballots, is_over=_is_over(conference, at), known=last.plan.get("groups") if last else None)
    live = {"live": whole.live, "live_at": at} if with_live else {}
    _keep(
        conference, **live, figures=whole.figures, drawn_at=at, votes=whole.votes, digest=whole.digest,
        method=whole.figures["method"], method_version=whole.figures["version"], parameters=whole.figures["parameters"], plan=whole.plan,
    )  # fmt: skip
    _tell(conference, _broken(ballots, whole), by=by, at=at)
    return whole.labels


def renew_live_map(conference, ballots, *, labels=None, by, at):
    """This will calculate the fast part of a conference's map from what a keeper holds, and keep what may be shown."""
    rules.check_may_redraw(conference, by=by)
    rules.check_ties_stand(conference, are_cut=ballots.are_cut)
    votes, sectors = ballots.public(is_over=_is_over(conference, at))
    _keep(conference, live=live_figures(votes, sectors, labels), live_at=at)


def _is_over(conference, at):
    return conference.input_closes_at is not None and conference.input_closes_at <= at


def _keep(conference, **fields):
    with write():
        OpinionMap.objects.update_or_create(conference=conference, defaults=fields)


def _broken(ballots, whole):
    """What must always hold and does not: no vote is missing, sums kept vote by vote are those of all votes, asking differs."""
    found = {}
    anew = read_anew(ballots.conference)
    ballots.catch_up()
    held, stored = ballots.all.votes(), ballots.stored_count()
    if held.count < stored <= anew.count:
        # An answer was stored after one that came later: whoever reads on from the last one never sees it, and must read it all again.
        ballots.is_sound = False
    elif held.count != stored:
        found[OpinionAlarm.Kind.VOTES_MISSING] = {"stored": stored, "counted": held.count}
    elif anew.count == held.count and anew.digest != held.digest:
        # Read once more: an answer may have been changed between the two readings.
        anew = read_anew(ballots.conference)
        ballots.catch_up()
        if anew.count == ballots.all.count and anew.digest != ballots.all.votes().digest:
            found[OpinionAlarm.Kind.OTHER_RESULT] = {"read": anew.digest, "held": ballots.all.votes().digest}
    if not same_sums(ballots.all):
        found[OpinionAlarm.Kind.OTHER_RESULT] = {"sums": ballots.all.count}
    ballots.is_sound = ballots.is_sound and not found
    if whole.are_priorities_equal:
        found[OpinionAlarm.Kind.EQUAL_PRIORITIES] = {"statements": len(ballots.open)}
    return found


def _tell(conference, broken, *, by, at):
    """Raises an alarm once, and clears it when it holds again."""
    rows = {row.kind: row for row in OpinionAlarm.objects.filter(conference=conference, cleared_at__isnull=True)}
    if not broken and not rows:
        return
    with write():
        for kind, numbers in broken.items():
            if kind in rows:
                OpinionAlarm.objects.filter(pk=rows[kind].pk).update(seen_at=at, numbers=numbers)
            else:
                OpinionAlarm.objects.create(conference=conference, kind=kind, raised_at=at, seen_at=at, numbers=numbers)
                record("opinion_alarm_raised", conference, by=by, at=at, alarm=str(kind))
        for kind in rows.keys() - broken.keys():
            OpinionAlarm.objects.filter(pk=rows[kind].pk).update(cleared_at=at)
            record("opinion_alarm_cleared", conference, by=by, at=at, alarm=kind)


def publish_finding(conference, *, title, by, at):
    """This will freeze what a conference's map shows now as a finding that is kept; raises Refused, also before anything is calculated."""
    rules.check_may_publish(conference, by=by)
    found = stored_map(conference)
    rules.check_publishable(found, title=title)
    with write():
        finding = Finding.objects.create(
            thing=new_thing("finding", at), title=title.strip(), method=found.method, method_version=found.method_version,
            inputs_digest=found.digest, owner_id=conference.organiser_id, conference=conference, published_at=at,
            published_by=by.person or "",
            figures={"live": found.live, "figures": found.figures, "parameters": found.parameters, "drawn_at": found.drawn_at.isoformat()},
        )  # fmt: skip
        record("finding_published", finding, by=by, at=at, of=conference.pk, digest=found.digest)
    return finding


def withdraw_finding(finding, *, by, at):
    """This will withdraw a published finding; its page stays and says so. Raises Refused."""
    rules.check_may_withdraw(finding, by=by)
    with write():
        Finding.objects.filter(pk=finding.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
        record("finding_withdrawn", finding, by=by, at=at)
    finding.withdrawn_at = at
    return finding
