"""Verbs about what is answered."""

from .answers import begin_response, save_remark, save_remarks, submit_response, withdraw_response
from .erasure import cut_ties_of
from .letters import put_on_list, remind, send_out
from .review import redact_remark, release_response
from .rounds import conclude, extend, open_consultation
from .secretariat import ask_to_be_included, type_in_response
from .signers import answer_as_signer, ask_signers, close_signers
from .verdicts import code_remark, give_same_verdict, give_verdict, put_remark_under, split_remark

__all__ = [
    "answer_as_signer",
    "ask_signers",
    "ask_to_be_included",
    "begin_response",
    "close_signers",
    "code_remark",
    "conclude",
    "cut_ties_of",
    "extend",
    "give_same_verdict",
    "give_verdict",
    "open_consultation",
    "put_on_list",
    "put_remark_under",
    "redact_remark",
    "release_response",
    "remind",
    "save_remark",
    "save_remarks",
    "send_out",
    "split_remark",
    "submit_response",
    "type_in_response",
    "withdraw_response",
]
