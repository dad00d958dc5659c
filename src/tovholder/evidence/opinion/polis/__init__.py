"""Polis, by its published formulas and nothing else: for those who want to compare. The house's own view is in the modules beside."""

from tovholder.evidence.opinion.polis.result import PolisResult, polis

__all__ = ["PolisResult", "polis"]
