"""The world of `tovholder demo`: real events as facts, invented people and documents, made only through the rooms' actions."""

from .world import PASSWORD, World, build, summary

__all__ = ["PASSWORD", "World", "build", "summary"]
