from .campaigns import CampaignsFound
from .coding import AskedAnswer, Code, Codebook, Coding, LanguageReading, ModelRun, Suggestion, Why
from .findings import Finding
from .followup import Figures, Rebase, StatusLine, StatusReport, Target
from .indicators import Breakdown, Definition, Group, Indicator
from .measurements import DeliveredFile, Delivery, Measurement, Vintage
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
    "Breakdown",
    "Definition",
    "DeliveredFile",
    "Delivery",
    "Figures",
    "Finding",
    "Group",
    "Indicator",
    "Measurement",
    "Rebase",
    "StatusLine",
    "StatusReport",
    "Target",
    "Vintage",
    "OpinionAlarm",
    "OpinionMap",
]
