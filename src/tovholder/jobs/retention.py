"""Keeps the promises about deletion that stand on every form."""

from datetime import timedelta

from tovholder.base import outbox
from tovholder.base.by import SYSTEM
from tovholder.dialogue import actions as dialogue
from tovholder.intake import actions as intake
from tovholder.parties.queries import local_day
from tovholder.threads import actions as threads

LETTERS_FOR = timedelta(days=90)


def keep_promises(*, at):
    """This will erase what is due and return {what: how many}."""
    day = local_day(at)
    return {
        "originaler slettet": intake.erase_due_originals(on=day, by=SYSTEM, at=at),
        "tekster slettet": dialogue.erase_due_texts(by=SYSTEM, at=at),
        "bidragydere glemt": threads.forget_due(on=day, by=SYSTEM, at=at),
        "svar skilt fra deres enhed": dialogue.cut_device_ties(by=SYSTEM, at=at),
        "afsendte breve slettet": outbox.blank_sent(before=at - LETTERS_FOR),
        "optællinger af forkerte koder slettet": intake.erase_old_tries(by=SYSTEM, at=at),
    }
