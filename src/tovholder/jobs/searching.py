"""Keeps the search in step with the release: what an older one has written is written anew, once."""

from tovholder.base.by import SYSTEM
from tovholder.threads import actions as threads


def keep_in_step(*, at):
    """This will rebuild the search when this release finds things in another way, and return whether it did."""
    return threads.rebuild_search_when_due(by=SYSTEM, at=at)
