"""Learns from what the coders did, and asks the language model when one is named. Heavy: it runs beside the web process, never in it."""

from tovholder.base.by import SYSTEM
from tovholder.findings import actions, queries

from . import language_model


def is_anything_due(*, at):
    """This will return whether there is anything to learn or campaigns to look for; light."""
    return queries.is_anything_due(at)


def learn(*, at):
    """This will learn anew where enough has been coded, and return how many books it was."""
    return actions.refit_due(by=SYSTEM, at=at)


def ask_language_model(*, at, most=language_model.IN_ONE_CALL):
    """This will ask the named language model about a few answers of each book, and return how many suggestions it became."""
    if language_model.language_model() is None:
        return 0
    return sum(language_model.suggest_codes(book, at=at, most=most).kept for book in queries.open_codebooks())


def look_for_campaigns(*, at):
    """This will look for campaigns where answers have changed, and return at how many places."""
    return actions.find_campaigns_due(by=SYSTEM, at=at)
