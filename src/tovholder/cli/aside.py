"""Drawing a whole map aside: a copy of the keeper does it, so that the fast part never waits for the slow one."""

import multiprocessing
import os
import time
import traceback

from django.db import connection

from tovholder.findings import actions

# A drawing that takes longer than this is given up, and begun again later.
LONGEST = 900.0


class Aside:
    """A whole drawing under way in a process of its own, forked from the keeper: it starts with what the keeper holds, and reads nothing.

    It keeps what it draws itself. Killed in the middle, what was kept before stands, and the keeper draws again."""

    renews_live = False

    def __init__(self, conference, ballots, *, by, at):
        # Two processes must never speak through one connection: the copy starts without any, and each opens its own.
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
        context = multiprocessing.get_context("fork")
        self._answer, theirs = context.Pipe(duplex=False)
        self._began = time.monotonic()
        self._process = context.Process(target=_draw, args=(theirs, conference, ballots, by, at), daemon=True)
        self._process.start()
        theirs.close()

    def result(self):
        """This will return the drawing, None while it is under way; raises RuntimeError when it failed or was killed."""
        is_ended = not self._process.is_alive()
        if self._answer.poll():
            return self._received()
        if is_ended or time.monotonic() - self._began > LONGEST:
            self._process.kill()
            self._process.join()
            raise RuntimeError("Et kort blev ikke tegnet færdigt. Det tegnes igen.")
        return None

    def _received(self):
        try:
            drawing = self._answer.recv()
        except EOFError:
            drawing = "Den proces, der tegnede, er væk."
        self._process.join()
        if isinstance(drawing, str):
            raise RuntimeError(drawing)
        return drawing


class _Drawn(actions.InPlace):
    renews_live = False


def _draw(answer, conference, ballots, by, at):
    """Runs in the copy. Whatever happens is told, and nothing is run on the way out but what was begun here."""
    try:
        answer.send(_Drawn(conference, ballots, by=by, at=at).result())
    except Exception:
        answer.send(traceback.format_exc())
    finally:
        connection.close()
        answer.close()
        os._exit(0)
