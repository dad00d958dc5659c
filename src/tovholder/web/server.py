"""One process that answers everybody: uvicorn outside, the front in the middle, Django on a few threads inside."""

import asyncio
import json
import resource
import secrets
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from .front import MB, NOTED, ASGIApp, BodyBufferingFront, Limits, Message, Receive, Scope, Send

# A page that takes files has one of these words in its address; nobody else may send so much.
UPLOADS = {r"/(.+/)?(upload|filer|import)(/|$)": Limits(max_body=55 * MB, whole=600.0)}
WSGI_PATH = "tovholder.config.wsgi"


class AccessLog:
    """Writes one JSON line for each request: never the address, the query or the body, and no path either."""

    def __init__(self, app: ASGIApp, write: Callable[[str], object]) -> None:
        self.app = app
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """This will pass the request on and write down how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        noted: dict[str, Any] = {"request_id": secrets.token_hex(8)}
        scope[NOTED] = noted
        at, began = datetime.now(UTC), time.perf_counter()
        status: int | None = None

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            spent = round((time.perf_counter() - began) * 1000, 1)
            self._put(at, scope["method"], status, spent, noted)

    def _put(self, at: datetime, method: str, status: int | None, ms: float, noted: Mapping[str, Any]) -> None:
        line = {
            "at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "request": noted["request_id"],
            "method": method,
            "route": noted.get("route"),
            "status": status,
            "ms": ms,
            "sql": noted.get("sql"),
        }
        try:
            self._write(json.dumps(line) + "\n")
        except (OSError, ValueError):  # nobody reads the log any more: the answer matters more
            return


def to_stdout(line: str) -> None:
    """This will write a line to standard output at once; OSError when nobody listens."""
    sys.stdout.write(line)
    sys.stdout.flush()


def compose(
    wsgi: Callable[..., Any],
    *,
    threads: int = 8,
    write: Callable[[str], object] | None = to_stdout,
    extra_headers: Mapping[str, str] | None = None,
    **front_options: Any,
) -> ASGIApp:
    """This will put the front and the access log before a WSGI app; `write=None` leaves the log out."""
    from a2wsgi import WSGIMiddleware

    # The queue holds any answer of up to 64 KB in pieces of 1 KB; larger ones the front takes at once.
    inner: Any = WSGIMiddleware(wsgi, workers=threads, send_queue_size=64)
    front_options.setdefault("per_path", UPLOADS)
    front = BodyBufferingFront(inner, extra_headers=extra_headers, **front_options)
    return AccessLog(front, write) if write else front


def patient_protocol(*, head: float = 10.0, reader: float = 60.0) -> type[asyncio.Protocol]:
    """This will give uvicorn's HTTP protocol with two limits it lacks: a slow head, and a reader that does not read."""
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class PatientProtocol(HttpToolsProtocol):
        _head_timer: asyncio.TimerHandle | None = None
        _reader_timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._head_timer = self.loop.call_later(head, transport.abort)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            if self._head_timer is None:
                self._head_timer = self.loop.call_later(head, self.transport.abort)

        def on_headers_complete(self) -> None:
            if self._head_timer is not None:
                self._head_timer.cancel()
                self._head_timer = None
            super().on_headers_complete()

        def pause_writing(self) -> None:
            super().pause_writing()
            if self._reader_timer is None:
                self._reader_timer = self.loop.call_later(reader, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self._reader_timer is not None:
                self._reader_timer.cancel()
                self._reader_timer = None

        def connection_lost(self, exc: Exception | None) -> None:
            for timer in (self._head_timer, self._reader_timer):
                if timer is not None:
                    timer.cancel()
            self._head_timer = self._reader_timer = None
            super().connection_lost(exc)

    return PatientProtocol


def configured(app: ASGIApp, host: str, port: int, *, trusted_proxies: str = "", **options: Any) -> Any:
    """This will give uvicorn's configuration; addresses told by a proxy count only from `trusted_proxies`."""
    import uvicorn

    settings = {
        "host": host,
        "port": port,
        "http": patient_protocol(),
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "log_config": None,
        "log_level": "warning",
        "server_header": False,
        "proxy_headers": bool(trusted_proxies),
        "forwarded_allow_ips": trusted_proxies or "127.0.0.1",
        "backlog": 4096,
        "timeout_keep_alive": 15,
        "timeout_graceful_shutdown": 15,
    }
    return uvicorn.Config(app, **{**settings, **options})


def raise_file_limit(wanted: int = 65536) -> int:
    """This will let the process hold as many sockets as it may, up to `wanted`, and give the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    goal = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < goal:
        resource.setrlimit(resource.RLIMIT_NOFILE, (goal, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def transport_header() -> dict[str, str]:
    """This will give the HSTS header that Django sends, so that the front's own answers carry it too."""
    from django.conf import settings

    if not settings.SECURE_HSTS_SECONDS:
        return {}
    value = f"max-age={settings.SECURE_HSTS_SECONDS}"
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        value += "; includeSubDomains"
    return {"strict-transport-security": value}


def serve(host: str = "127.0.0.1", port: int = 8000, *, threads: int = 8, trusted_proxies: str = "") -> None:
    """This will answer on host and port until the process is asked to stop; then it finishes what it has begun."""
    from importlib import import_module

    import uvicorn

    application = import_module(WSGI_PATH).application
    raise_file_limit()
    app = compose(application, threads=threads, extra_headers=transport_header())
    uvicorn.Server(configured(app, host, port, trusted_proxies=trusted_proxies)).run()


def main(words: Sequence[str] | None = None) -> None:
    """This will serve as a process of its own: `python -m tovholder.web.server --port 8000`."""
    import argparse

    asked = argparse.ArgumentParser(prog="tovholder serve")
    asked.add_argument("--host", default="127.0.0.1")
    asked.add_argument("--port", type=int, default=8000)
    asked.add_argument("--threads", type=int, default=8)
    asked.add_argument("--trusted-proxies", default="")
    chosen = asked.parse_args(words)
    serve(chosen.host, chosen.port, threads=chosen.threads, trusted_proxies=chosen.trusted_proxies)


if __name__ == "__main__":
    main()
