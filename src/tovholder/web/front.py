"""The front of the house: takes in whole bodies and hands out answers, so that a slow phone never holds a thread.

Pure ASGI without Django: it must answer when Django cannot, so its few sentences are written out here.
"""

import asyncio
import html
import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

MB = 1024 * 1024
PIECE = 64 * 1024
# Where the access log and the middleware leave notes for each other in the scope; never sent to anybody.
NOTED = "tovholder.noted"

OWN_HEADERS = {
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}

SENTENCES = {
    400: ("Vi kunne ikke læse det", "Det, der blev sendt, kunne ikke læses. Genindlæs siden, og prøv igen."),
    408: ("Det tog for lang tid", "Forbindelsen var for langsom, og intet er gemt. Tjek den, og send igen."),
    413: ("Det fylder for meget", "Der kan højst sendes {limit} MB ad gangen, og intet er gemt. Send noget mindre."),
    503: ("Vi har for travlt lige nu", "Intet er gemt. Vent et minut, og send igen."),
}


@dataclass(frozen=True)
class Limits:
    """What one body may weigh, and how long it may take."""

    max_body: int = 30 * MB
    idle: float = 10.0
    whole: float = 60.0


class Turned(Exception):
    """The front answers itself, with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The client left before everything had arrived."""


def announced_length(headers: Sequence[tuple[bytes, bytes]]) -> int | None:
    """This will give the announced length of the body, None for chunked; Turned(400) when the two disagree."""
    lengths = {value.strip() for name, value in headers if name == b"content-length"}
    codings = [value.strip().lower() for name, value in headers if name == b"transfer-encoding"]
    if codings and (lengths or codings != [b"chunked"]):
        raise Turned(400)
    if codings:
        return None
    if not lengths:
        return 0
    only = lengths.pop()
    if lengths or not only.isdigit() or len(only) > 18:
        raise Turned(400)
    return int(only)


def tidied(scope: Scope) -> Scope:
    """This will give the scope without headers that WSGI would confuse with others (`a_b` and `a-b`)."""
    clean = dict(scope)
    clean["headers"] = [pair for pair in scope["headers"] if b"_" not in pair[0]]
    return clean


def with_length(scope: Scope, size: int) -> Scope:
    """This will give the scope with the length that really arrived; WSGI cannot read a chunked body."""
    clean = dict(scope)
    kept = [pair for pair in scope["headers"] if pair[0] not in (b"content-length", b"transfer-encoding")]
    clean["headers"] = [*kept, (b"content-length", str(size).encode())]
    return clean


class BodyBufferingFront:
    """Calls the wrapped app only when the whole body is here, and keeps what slow readers have not read."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        max_body: int = 30 * MB,
        idle: float = 10.0,
        whole: float = 60.0,
        spool: int = 1 * MB,
        per_path: Mapping[str, Limits] | None = None,
        drain: int = 200 * MB,
        held_at_most: int = 2048 * MB,
        folder: str | None = None,
        extra_headers: Mapping[str, str] | None = None,
    ) -> None:
        self.app = app
        self.limits = Limits(max_body, idle, whole)
        self.per_path = [(re.compile(pattern), limits) for pattern, limits in (per_path or {}).items()]
        self.spool, self.drain, self.folder = spool, drain, folder
        self.held, self.held_at_most = 0, held_at_most
        self.headers = {**OWN_HEADERS, **(extra_headers or {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """This will answer one request, or pass on anything that is not one."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = tidied(scope)
        limits = self.limits_for(scope["path"])
        try:
            length = announced_length(scope["headers"])
            if length == 0:
                await self._pass_on(scope, receive, send)
            else:
                await self._take_in(scope, receive, send, length, limits)
        except Turned as turned:
            await self._answer(scope, send, turned.status, limits)
        except Gone:
            return

    def limits_for(self, path: str) -> Limits:
        """This will give the limits of a path: the first pattern that matches its beginning, else the common ones."""
        return next((limits for pattern, limits in self.per_path if pattern.match(path)), self.limits)

    async def _take_in(self, scope: Scope, receive: Receive, send: Send, length: int | None, limits: Limits) -> None:
        asks_first = any(name == b"expect" for name, _ in scope["headers"])
        if asks_first and length is not None and length > limits.max_body:
            raise Turned(413)
        body = Stored(self.spool, self.folder)
        try:
            await self._read_whole(receive, body, length, limits)
            await self._pass_on(with_length(scope, body.size), body.replay(receive), send)
        finally:
            self.held -= body.size
            body.close()

    async def _read_whole(self, receive: Receive, body: "Stored", length: int | None, limits: Limits) -> None:
        """Reads to the end even when the answer will be no: a client cut off while sending sees no answer at all."""
        fault = 413 if length is not None and length > limits.max_body else None
        arrived = 0
        clock = asyncio.get_running_loop().time
        deadline = clock() + limits.whole
        while True:
            patience = min(limits.idle, deadline - clock())
            if patience <= 0:
                raise Turned(fault or 408)
            try:
                async with asyncio.timeout(patience):
                    message = await receive()
            except TimeoutError:
                raise Turned(fault or 408) from None
            if message["type"] == "http.disconnect":
                raise Gone
            piece = message.get("body", b"")
            arrived += len(piece)
            if fault is None:
                fault = 413 if arrived > limits.max_body else self._keep(body, piece)
            if fault and arrived > limits.max_body + self.drain:
                raise Turned(fault)
            if not message.get("more_body", False):
                break
        if fault:
            raise Turned(fault)

    def _keep(self, body: "Stored", piece: bytes) -> int | None:
        if self.held + len(piece) > self.held_at_most:
            return 503
        try:
            body.write(piece)
        except OSError:  # the disk is full: the others go on
            return 503
        self.held += len(piece)
        return None

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = Answer(send, spool=self.spool, folder=self.folder)
        try:
            await self.app(scope, receive, answer.take)
            await answer.delivered()
        finally:
            answer.close()

    async def _answer(self, scope: Scope, send: Send, status: int, limits: Limits) -> None:
        title, sentence = SENTENCES[status]
        sentence = sentence.format(limit=limits.max_body // MB)
        wants = b",".join(value for name, value in scope["headers"] if name == b"accept")
        if b"application/json" in wants:
            kind, text = "application/json", json.dumps({"stored": False, "message": sentence}, ensure_ascii=False)
        else:
            kind, text = "text/html; charset=utf-8", page(title, sentence)
        content = text.encode()
        headers = {
            **self.headers,
            "content-type": kind,
            "content-length": str(len(content)),
            "connection": "close",
        }
        if "request_id" in scope.get(NOTED, {}):
            headers["x-request-id"] = scope[NOTED]["request_id"]
        if status == 503:
            headers["retry-after"] = "60"
        pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": content, "more_body": False})


class Stored:
    """One body that has arrived, in memory while it is small, otherwise in a file that has no name on the disk."""

    def __init__(self, spool: int, folder: str | None) -> None:
        self._file = SpooledTemporaryFile(max_size=spool, dir=folder)  # noqa: SIM115  its owner closes it
        self.size = 0

    def write(self, piece: bytes) -> None:
        """This will add a piece; OSError when the disk is full."""
        self._file.write(piece)
        self.size += len(piece)

    def close(self) -> None:
        """This will let go of the bytes."""
        self._file.close()

    def replay(self, receive: Receive) -> Receive:
        """This will give a receive that hands out the stored body and then listens to the client again."""
        left = self.size
        handed_out = False
        self._file.seek(0)

        async def stored() -> Message:
            nonlocal left, handed_out
            if handed_out:
                return await receive()
            piece = self._file.read(min(left, 4 * PIECE))
            left -= len(piece)
            handed_out = left == 0
            return {"type": "http.request", "body": piece, "more_body": not handed_out}

        return stored


class Backlog:
    """What has been written and not yet read: a file that is written at one end and read at the other."""

    def __init__(self, spool: int, folder: str | None) -> None:
        self._file = SpooledTemporaryFile(max_size=spool, dir=folder)  # noqa: SIM115  its owner closes it
        self._written = self._read = 0

    def __len__(self) -> int:
        return self._written - self._read

    def put(self, piece: bytes) -> None:
        """This will add a piece at the end; OSError when the disk is full."""
        self._file.seek(self._written)
        self._file.write(piece)
        self._written += len(piece)

    def take(self) -> bytes:
        """This will take the next piece from the beginning."""
        self._file.seek(self._read)
        piece = self._file.read(min(PIECE, len(self)))
        self._read += len(piece)
        if self._read == self._written:
            self._file.seek(0)
            self._file.truncate()
            self._read = self._written = 0
        return piece

    def close(self) -> None:
        """This will let go of the bytes."""
        self._file.close()


class Answer:
    """One answer on its way out: what the client has not read yet waits here, not in the thread that wrote it."""

    def __init__(self, send: Send, *, spool: int, folder: str | None, ceiling: int = 64 * MB) -> None:
        self._send, self._spool, self._folder, self._ceiling = send, spool, folder, ceiling
        self._backlog: Backlog | None = None
        self._pump: asyncio.Task[None] | None = None
        self._complete = False
        self._moved = asyncio.Event()
        self._fault: Exception | None = None

    async def take(self, message: Message) -> None:
        """This will take one message of the answer; it never raises, since a2wsgi would lose its thread."""
        if self._fault:
            return
        try:
            if self._backlog is not None:
                await self._store(self._backlog, message)
            elif message["type"] == "http.response.start" and is_bulky(message):
                self._backlog = Backlog(self._spool, self._folder)
                self._pump = asyncio.create_task(self._hand_out(self._backlog, message))
            else:
                await self._send(message)
        except Exception as fault:
            self._fault = fault

    async def delivered(self) -> None:
        """This will wait until the client has read all; raises what went wrong on the way."""
        if self._fault:
            raise self._fault
        if self._pump:
            await self._pump

    def close(self) -> None:
        """This will let go of what is left."""
        if self._pump:
            self._pump.cancel()
        if self._backlog:
            self._backlog.close()

    async def _store(self, backlog: Backlog, message: Message) -> None:
        while self._pump and not self._pump.done() and len(backlog) > self._ceiling:
            self._moved.clear()
            await self._moved.wait()
        if self._pump is None or self._pump.done():
            return
        backlog.put(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        self._moved.set()

    async def _hand_out(self, backlog: Backlog, start: Message) -> None:
        try:
            await self._send(start)
            while len(backlog) or not self._complete:
                if len(backlog):
                    await self._send({"type": "http.response.body", "body": backlog.take(), "more_body": True})
                    self._moved.set()
                else:
                    self._moved.clear()
                    await self._moved.wait()
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._moved.set()


def is_bulky(start: Message) -> bool:
    """This will say whether an answer may outgrow the buffers below: over 64 KB, or of unknown length."""
    lengths = [int(value) for name, value in start["headers"] if name.lower() == b"content-length"]
    return start["status"] not in (204, 304) and (not lengths or lengths[0] > PIECE)


def page(title: str, sentence: str) -> str:
    """This will give a small page that stands alone."""
    return (
        '<!doctype html><html lang="da"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)} – Tovholder</title></head><body><main><h1>{html.escape(title)}</h1>"
        f'<p>{html.escape(sentence)}</p><p><a href="/">Til forsiden</a></p></main></body></html>'
    )
