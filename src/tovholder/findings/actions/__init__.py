"""Keeping and publishing what was calculated."""

from .campaigns import find_campaigns, find_campaigns_due
from .coding import add_code, change_guide, code_answer, confirm_suggestions, make_codebook, reject_suggestion
from .coding_refit import keep_language_suggestions, log_language_call, refit, refit_due
from .keeping import Keeper, keep_maps
from .opinion import publish_finding, redraw_map, renew_live_map, withdraw_finding

__all__ = [
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
    "Keeper",
    "keep_maps",
    "publish_finding",
    "redraw_map",
    "renew_live_map",
    "withdraw_finding",
]
