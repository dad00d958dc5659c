"""Learning beside the maps: a child of the keeper does it, so that a long sum never keeps a map waiting."""

import subprocess
import sys
import time

from tovholder.jobs import coding

AT_LEAST_APART = 30.0
# Learning may take its time, but never more than this share of the machine's.
SHARE_OF_TIME = 5


class Learner:
    """Starts one child at a time, and only when there is something to learn."""

    def __init__(self):
        self._child, self._began, self._next = None, 0.0, 0.0

    def look(self, *, at):
        """This will start to learn when it is time and something waits, and return whether it did."""
        now = time.monotonic()
        if self._child is not None:
            if self._child.poll() is None:
                return False
            self._rest(now - self._began)
            self._child = None
        if now < self._next:
            return False
        self._began = now
        is_due = coding.is_anything_due(at=at)
        self._rest(time.monotonic() - now)
        if is_due:
            self._child = subprocess.Popen([sys.executable, "-m", "tovholder.cli", "keep", "--learn"], stdin=subprocess.DEVNULL)
        return is_due

    def stop(self):
        """This will end a child that is still learning; what it had not kept is learned next time."""
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            self._child.wait()

    def _rest(self, spent):
        self._next = time.monotonic() + max(AT_LEAST_APART, SHARE_OF_TIME * spent)
