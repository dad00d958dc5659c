"""The process beside the server: it keeps the maps, is started again when it dies, and ends when the server ends.

Run as a module it is the one who watches: it loads nothing, so it stays small, and the heavy keeper is its child.
"""

import os
import subprocess
import sys
import time

_LOOKS_EVERY, _STARTS_AGAIN_AFTER = 1.0, 3.0


def start_keeper():
    """This will start a keeper that ends with this process, also when the process becomes the server."""
    from django.conf import settings

    # One thread: sums in a fixed order need no more, and the phones need the rest.
    environment = os.environ | {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "TOVHOLDER_DEMO": "1" if settings.DEMO else ""}
    words = [sys.executable, "-m", "tovholder.cli.beside", str(os.getpid())]
    return subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def watch(parent):
    """This will hold a keeper alive as long as the parent lives."""
    words = [sys.executable, "-m", "tovholder.cli", "keep", "--parent", str(os.getpid())]
    keeper = subprocess.Popen(words)
    try:
        while os.getppid() == parent:
            if keeper.poll() is not None:
                time.sleep(_STARTS_AGAIN_AFTER)
                keeper = subprocess.Popen(words)
            time.sleep(_LOOKS_EVERY)
    except KeyboardInterrupt:
        pass
    finally:
        keeper.terminate()
        keeper.wait()


if __name__ == "__main__":
    watch(int(sys.argv[1]))
