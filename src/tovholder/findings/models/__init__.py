from .campaigns import CampaignsFound
from .coding import AskedAnswer, Code, Codebook, Coding, LanguageReading, ModelRun, Suggestion, Why
from .findings import Finding
from .opinion import OpinionAlarm, OpinionMap

__all__ = [
    "CampaignsFound",
    "AskedAnswer",
    "Code",
    "Codebook",
    "Coding",
    "LanguageReading",
    "ModelRun",
    "Suggestion",
    "Why",
    "Finding",
    "OpinionAlarm",
    "OpinionMap",
]
