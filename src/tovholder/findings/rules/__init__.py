"""Who may publish a result, and when."""

from .coding import (
    LONGEST_EXAMPLE,
    LONGEST_GUIDE,
    check_codes,
    check_example,
    check_guide,
    check_is_answer,
    check_is_system,
    check_may_code,
    check_may_make_codebook,
    check_may_refit,
    check_no_codebook,
    check_room_for_code,
    check_share,
)
from .opinion import LONGEST_TITLE, check_may_publish, check_may_redraw, check_may_withdraw, check_publishable, check_ties_stand

__all__ = [
    "LONGEST_EXAMPLE",
    "LONGEST_GUIDE",
    "check_codes",
    "check_example",
    "check_guide",
    "check_is_answer",
    "check_is_system",
    "check_may_code",
    "check_may_make_codebook",
    "check_may_refit",
    "check_no_codebook",
    "check_room_for_code",
    "check_share",
    "LONGEST_TITLE",
    "check_may_publish",
    "check_may_redraw",
    "check_may_withdraw",
    "check_publishable",
    "check_ties_stand",
]
