"""What phones do in a hall: open the page, keep their cookies, send votes, and remember what they were told."""

import json
import os
import re
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(r"""name=["']csrfmiddlewaretoken["'][^>]*value=["']([^"']+)""")


@dataclass
class Device:
    """One phone: what it will answer, and what the server has given it."""

    name: str
    answers: dict
    cookies: dict = field(default_factory=dict)
    token: str = ""

    def keep(self, answer):
        """This will keep the cookies of an answer."""
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value

    def headers(self):
        """This will give the headers a phone sends with everything."""
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}


def join(port, code, device):
    """This will open the page of the hall, as a phone does that has scanned the code; RuntimeError when it may not."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        path, text = f"/v/{code}", ""
        for _ in range(4):
            connection.request("GET", path, headers=device.headers())
            answer = connection.getresponse()
            text = answer.read().decode()
            device.keep(answer)
            if answer.status not in (301, 302, 303, 307, 308):
                break
            path = answer.headers["Location"]
    finally:
        connection.close()
    token = TOKEN.search(text)
    if answer.status != 200 or not token:
        raise RuntimeError(f"joining the hall was answered with {answer.status} and {'a' if token else 'no'} token")
    device.token = token[1]


def post_vote(connection, code, device, statement, answer, key):
    """This will send one vote and give the status; ValueError when a 200 does not say that this vote is stored."""
    form = {"statement": statement, "answer": answer, "key": key, "csrfmiddlewaretoken": device.token}
    headers = {
        **device.headers(),
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": device.token,
    }
    connection.request("POST", f"/v/{code}/vote", body=urlencode(form), headers=headers)
    response = connection.getresponse()
    text = response.read()
    if response.status == 200:
        told = json.loads(text)
        if told["stored"] is not True or told["statement"] != statement or int(told["answer"]) != answer:
            raise ValueError(f"the answer is about something else: {told}")
    return response.status


class Ledger:
    """What one client knows: each line is on the disk before the client goes on."""

    def __init__(self, path):
        self._file = path.open("a", encoding="utf-8")

    def note(self, *words):
        """This will write one line and wait for the disk."""
        self._file.write(json.dumps(words) + "\n")
        self._file.flush()
        os.fdatasync(self._file.fileno())

    def close(self):
        """This will close the file."""
        self._file.close()


@dataclass
class Tally:
    """What the clients count together while the round runs."""

    acknowledged: int = 0
    posts: int = 0
    unknown: int = 0
    waits: list = field(default_factory=list)
    moments: list = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    hopeless: threading.Event = field(default_factory=threading.Event)

    def note_stored(self, wait, first):
        """This will count an answer that said the vote is stored."""
        with self.lock:
            self.posts += 1
            self.acknowledged += first
            self.waits.append(wait)
            self.moments.append(time.monotonic())

    def note_unknown(self):
        """This will count a request whose outcome the client cannot know."""
        with self.lock:
            self.unknown += 1


class Client:
    """One connection, used by some devices in turn; an unknown outcome is tried again with the same key."""

    def __init__(self, port, ledger, tally, rng, *, duplicates, patience=60.0):
        self.port, self.ledger, self.tally, self.rng = port, ledger, tally, rng
        self.duplicates, self.patience = duplicates, patience
        self._connection = None

    def vote_all(self, code, device):
        """This will cast all votes of a device, some of them twice."""
        for statement, answer in device.answers.items():
            key = f"{self.rng.getrandbits(128):032x}"
            self.ledger.note("sent", device.name, statement, answer, key)
            for first in (True, False) if self.rng.random() < self.duplicates else (True,):
                self._until_known(code, device, statement, answer, key, first)

    def _until_known(self, code, device, statement, answer, key, first):
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline and not self.tally.hopeless.is_set():
            status, seconds = self._once(code, device, statement, answer, key)
            if status == 200:
                if first:
                    self.ledger.note("stored", device.name, statement, answer, key)
                self.tally.note_stored(seconds * 1000, first)
                return
            if status is not None and status < 500 and status not in (408, 429):
                self.ledger.note("refused", device.name, statement, answer, key, status)
                return
            self.tally.note_unknown()
            time.sleep(self.rng.uniform(0.05, 0.4))

    def _once(self, code, device, statement, answer, key):
        began = time.monotonic()
        try:
            if self._connection is None:
                self._connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
            status = post_vote(self._connection, code, device, statement, answer, key)
        except (OSError, HTTPException, ValueError):
            self.close()
            status = None
        return status, time.monotonic() - began

    def leave(self):
        """This will hang up and close the ledger."""
        self.close()
        self.ledger.close()

    def close(self):
        """This will hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
