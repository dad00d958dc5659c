"""Keeping and publishing what was calculated."""

from .calculating import calculate_due_figures, calculate_indicator
from .campaigns import find_campaigns, find_campaigns_due
from .coding import add_code, change_guide, code_answer, confirm_suggestions, make_codebook, reject_suggestion
from .coding_refit import keep_language_suggestions, log_language_call, refit, refit_due
from .deliveries import keep_read_delivery, leave_delivery, receive_delivery, refuse_delivery, take_delivery, withdraw_vintage
from .indicators import define_anew, define_indicator, load_indicators, withdraw_indicator
from .keeping import InPlace, Keeper, keep_maps
from .opinion import publish_finding, redraw_map, renew_live_map, withdraw_finding
from .releases import read_release
from .status_reports import (
    approve_status_report,
    draft_again,
    draft_status_report,
    finish_status_report,
    reopen_status_report,
    write_status_line,
    write_summary,
)
from .storing import store_delivery
from .targets import change_target, rebase, set_target, withdraw_target

__all__ = [
    "approve_status_report",
    "draft_again",
    "draft_status_report",
    "finish_status_report",
    "reopen_status_report",
    "write_status_line",
    "write_summary",
    "calculate_due_figures",
    "calculate_indicator",
    "change_target",
    "rebase",
    "set_target",
    "withdraw_target",
    "find_campaigns",
    "find_campaigns_due",
    "add_code",
    "change_guide",
    "code_answer",
    "confirm_suggestions",
    "make_codebook",
    "reject_suggestion",
    "keep_language_suggestions",
    "log_language_call",
    "refit",
    "refit_due",
    "InPlace",
    "InPlace",
    "Keeper",
    "keep_maps",
    "publish_finding",
    "redraw_map",
    "renew_live_map",
    "withdraw_finding",
    "keep_read_delivery",
    "leave_delivery",
    "receive_delivery",
    "refuse_delivery",
    "take_delivery",
    "withdraw_vintage",
    "define_anew",
    "define_indicator",
    "load_indicators",
    "withdraw_indicator",
    "store_delivery",
    "read_release",
]
