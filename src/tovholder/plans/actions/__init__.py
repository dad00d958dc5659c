"""Verbs about what is promised."""

from .approvals import adopt, ask_for_approvals, record_decision, remind_silent, say_when
from .goals import change_goal_status, choose_indicator, drop_indicator, set_goal
from .provisions import add_provision, edit_provision, move_provision, paste_outline, remove_provision
from .versions import begin_plan, keep_plan_kinds, name_parties, publish_version, seal_version, withdraw_plan

__all__ = [
    "add_provision",
    "adopt",
    "ask_for_approvals",
    "begin_plan",
    "change_goal_status",
    "choose_indicator",
    "drop_indicator",
    "edit_provision",
    "keep_plan_kinds",
    "move_provision",
    "name_parties",
    "paste_outline",
    "publish_version",
    "record_decision",
    "remind_silent",
    "remove_provision",
    "say_when",
    "seal_version",
    "set_goal",
    "withdraw_plan",
]
