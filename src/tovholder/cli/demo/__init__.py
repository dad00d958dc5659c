"""The world of `tovholder demo`: real events as facts, invented people and documents, made only through the rooms' actions."""

from .build import build, is_built, sample_code, summary
from .world import PASSWORD, World

__all__ = ["PASSWORD", "World", "build", "is_built", "sample_code", "summary"]
