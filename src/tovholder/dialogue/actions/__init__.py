"""Verbs about what is said."""

from .conferences import (
    add_programme_item,
    ask_question,
    change_conference,
    found_series,
    plan_conference,
    publish_conference,
    remove_programme_item,
    withdraw_conference,
)
from .groups import (
    add_agenda_item,
    add_member,
    call_meeting,
    change_group,
    close_group,
    end_membership,
    found_group,
    pause_group,
    propose_topic,
    resume_group,
    support_topic,
    tell_group_experience,
    write_minutes,
)
from .moderation import decline, erase_due_texts, publish, read_original, take, undo, withdraw
from .quoted import quote
from .statements import cut_ties_of, preview, say, say_afterwards
from .themes import name_theme, put_under, rename_theme, take_out, withdraw_theme
from .trial import prepare_trial_conference
from .votes import cut_device_ties, declare_sector, vote

__all__ = [
    "add_agenda_item",
    "add_member",
    "add_programme_item",
    "ask_question",
    "call_meeting",
    "change_conference",
    "change_group",
    "close_group",
    "cut_device_ties",
    "cut_ties_of",
    "declare_sector",
    "decline",
    "end_membership",
    "erase_due_texts",
    "found_group",
    "found_series",
    "name_theme",
    "pause_group",
    "plan_conference",
    "prepare_trial_conference",
    "preview",
    "propose_topic",
    "publish",
    "publish_conference",
    "put_under",
    "quote",
    "read_original",
    "remove_programme_item",
    "rename_theme",
    "resume_group",
    "say",
    "say_afterwards",
    "support_topic",
    "take",
    "take_out",
    "tell_group_experience",
    "undo",
    "vote",
    "withdraw",
    "withdraw_conference",
    "withdraw_theme",
    "write_minutes",
]
