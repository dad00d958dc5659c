"""A child process with limits on memory, processor and time: whatever a file does, it does it there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MEMORY_BYTES = 1 << 30
PROCESSOR_SECONDS = 30
WALL_SECONDS = 60
_ENVIRONMENT_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")
_FORBIDDEN_EVENTS = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
)


class Stopped(RuntimeError):
    """The child process used more than it may, or died."""

    def __init__(self, reason: str, code: int = 0, errors: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.errors = errors


def run_limited(
    arguments: Sequence[str],
    content: bytes,
    *,
    memory: int = MEMORY_BYTES,
    processor: int = PROCESSOR_SECONDS,
    wall: float = WALL_SECONDS,
) -> bytes:
    """This will run a module (name, then its arguments) on the bytes in a limited child; raises Stopped ("time", "memory", "died")."""
    environment = {key: os.environ[key] for key in _ENVIRONMENT_KEPT if key in os.environ}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    environment["PYTHONIOENCODING"] = "utf-8"
    command = [sys.executable, "-B", "-m", "tovholder.confined.child", str(memory), str(processor), *arguments]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True
    )
    try:
        output, errors = child.communicate(content, timeout=wall)
    except subprocess.TimeoutExpired:
        _end(child)
        raise Stopped("time", child.returncode) from None
    except BaseException:
        _end(child)
        raise
    if child.returncode == 0:
        return output
    said = errors.decode("utf-8", "replace")[-4000:]
    if child.returncode == -signal.SIGXCPU or child.returncode == -signal.SIGKILL:
        raise Stopped("time", child.returncode, said)
    raise Stopped("memory" if "MemoryError" in said else "died", child.returncode, said)


def _end(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        child.kill()
    child.communicate()


def _refuse_outside_world(event: str, _: object) -> None:
    if event in _FORBIDDEN_EVENTS:
        raise PermissionError(event)


def _inside(arguments: list[str]) -> None:
    import resource
    import runpy

    memory, processor = int(arguments[0]), int(arguments[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse_outside_world)
    sys.argv = arguments[2:]
    runpy.run_module(arguments[2], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _inside(sys.argv[1:])
