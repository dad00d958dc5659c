"""Questions to what is promised."""

from .models import Goal


def open_goals_of(party_ids):
    """This will return the goals that the parties own and that are not reached."""
    rows = Goal.objects.filter(owner__in=party_ids).exclude(status__in=["reached", "dropped"])
    return rows.select_related("owner", "plan").order_by("plan_id", "number")
