"""Where the votes go: a server as a process of its own, and a database made for one round."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """The server as a process of its own, with the CPU time it has used since it was ready."""

    def __init__(self, program, port, environment, folder):
        self.command = [*program, "serve", "--host", "127.0.0.1", "--port", str(port)]
        self.port, self.environment, self.folder = port, environment, folder
        self.cpu, self.kills = 0.0, 0
        self._process, self._at_ready = None, 0.0

    def start(self):
        """This will start the process and wait until it answers; RuntimeError when it does not."""
        with (self.folder / "server.log").open("ab") as log, (self.folder / "server.err").open("ab") as errors:
            self._process = subprocess.Popen(self.command, env=self.environment, stdout=log, stderr=errors, start_new_session=True)
        deadline = time.monotonic() + 60
        while not answers(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "server.err").read_text(errors="replace")[-3000:])
            time.sleep(0.05)
        self.count_from_here()

    def count_from_here(self):
        """This will leave out of the account what the process has used until now."""
        self._at_ready = cpu_seconds(self._process.pid)

    def end(self, kind):
        """This will send a signal to the process and all it has started, and add up its CPU time."""
        if self._process is None or self._process.poll() is not None:
            return
        os.killpg(self._process.pid, kind)
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu += usage.ru_utime + usage.ru_stime - self._at_ready


def answers(port):
    """This will say whether somebody answers HTTP on the port."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status > 0
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def cpu_seconds(pid, with_children=False):
    """This will give the user and system time of a process, with that of its ended children when asked."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(ticks) for ticks in fields[11 : 15 if with_children else 13]) / TICK


@dataclass(frozen=True)
class Database:
    """Where the votes go: the address for the settings, and the process that may use CPU of its own."""

    address: str
    pid: int | None = None

    def cpu(self):
        """This will give the CPU time the database has used, in seconds."""
        if self.pid is None:
            return 0.0
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return cpu_seconds(self.pid, with_children=True) + sum(cpu_seconds(int(child)) for child in children)


@contextmanager
def sqlite(folder):
    """This will give a database in a file of its own."""
    yield Database(str(folder / "votes.sqlite3"))


@contextmanager
def postgres(folder):
    """This will give a PostgreSQL of its own behind a socket in the folder; as root it runs as the user postgres."""
    who = {"user": "postgres"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as short:  # a socket's path holds 107 characters
        if who:
            subprocess.run(["chown", "postgres", short], check=True)
        data = f"{short}/data"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": short, **who}
        subprocess.run(["initdb", "-D", data, "-U", "votes", "-A", "trust", "-E", "UTF8"], check=True, **quiet)
        server = subprocess.Popen(["postgres", "-D", data, "-k", short, "-c", "listen_addresses="], **quiet)
        try:
            wait = ["pg_isready", "-q", "-h", short, "-U", "votes", "-d", "postgres"]
            while subprocess.run(wait, **quiet).returncode:
                if server.poll() is not None:
                    raise RuntimeError("PostgreSQL did not start")
                time.sleep(0.1)
            os.chmod(short, 0o755)
            yield Database(f"postgresql://votes@/postgres?host={short}", server.pid)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


DATABASES = {"sqlite": sqlite, "postgres": postgres}


def ask(program, environment, *words):
    """This will run one command of the program and give what it printed; RuntimeError when it fails."""
    done = subprocess.run([*program, *words], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr[-3000:]}")
    return done.stdout


def free_port():
    """This will give a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
