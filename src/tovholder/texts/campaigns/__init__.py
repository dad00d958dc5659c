"""Campaigns: answers written from one text. They are told apart from the others, never taken away, and each copy's own words are shown."""

from .finding import METHOD, SIMILARITY, SMALLEST, VERSION, Campaign, Copy, Kind, find_campaigns

__all__ = ["METHOD", "SIMILARITY", "SMALLEST", "VERSION", "Campaign", "Copy", "Kind", "find_campaigns"]
