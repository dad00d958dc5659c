"""Heavy work beside the maps: a child of the keeper does it, so that a long sum never keeps a map waiting."""

import subprocess
import sys
import time

AT_LEAST_APART = 30.0
# A child may take its time, but never more than this share of the machine's.
SHARE_OF_TIME = 5


class Child:
    """One kind of work: starts one child at a time, and only when there is something to do.

    `flag` is what `keep` is told to do; `is_due` asks whether anything waits; `apart` is how long a look waits for the next."""

    def __init__(self, flag, is_due, *, apart=AT_LEAST_APART, share=SHARE_OF_TIME):
        self._flag, self._is_due, self._apart, self._share = flag, is_due, apart, share
        self._child, self._began, self._next = None, 0.0, 0.0

    def look(self, *, at):
        """This will start the work when it is time and something waits, and return whether it did."""
        now = time.monotonic()
        if self._child is not None:
            if self._child.poll() is None:
                return False
            self._rest(now - self._began)
            self._child = None
        if now < self._next:
            return False
        self._began = now
        is_due = self._is_due(at=at)
        self._rest(time.monotonic() - now)
        if is_due:
            self._child = subprocess.Popen([sys.executable, "-m", "tovholder.cli", "keep", self._flag], stdin=subprocess.DEVNULL)
        return is_due

    def stop(self):
        """This will end a child that is still at work; what it had not kept is done next time."""
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            self._child.wait()

    def _rest(self, spent):
        self._next = time.monotonic() + max(self._apart, self._share * spent)
