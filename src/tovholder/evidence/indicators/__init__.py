"""Indicators: one measure from a table of measurements, with its rows, its limits, and why a figure is blank. Knows no files."""

from tovholder.evidence.indicators.calculate import MEASURES, calculate
from tovholder.evidence.indicators.result import IndicatorResult

__all__ = ["MEASURES", "IndicatorResult", "calculate"]
