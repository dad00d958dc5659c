"""The scales a gradient may be fitted on: as the figures are, their logarithm, or their logit."""

from __future__ import annotations

from typing import Literal

import numpy as np

from tovholder.evidence.results import Real

Kind = Literal["mean", "rate", "proportion"]
Transform = Literal["log", "logit"]


def onto(transform: Transform | None, figures: Real) -> Real:
    """This will put figures on the scale; infinite where it has no place for them (0, or 1 on the logit)."""
    if transform is None:
        return figures
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(figures) if transform == "log" else np.log(figures / (1 - figures)))


def back(transform: Transform | None, scaled: Real) -> Real:
    """This will bring figures back from the scale."""
    if transform is None:
        return scaled
    return np.exp(scaled) if transform == "log" else 1 / (1 + np.exp(-scaled))
