"""A child process with limits: whatever a stranger's file does, it does it there. Knows nothing of the rest."""

from .child import Stopped, run_limited

__all__ = ["Stopped", "run_limited"]
