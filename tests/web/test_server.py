"""The whole server as people run it: one process, real headers, a log without traces of anybody, a gentle stop."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from tovholder.web.front import OWN_HEADERS

pytestmark = pytest.mark.once

START = "import sys; from tovholder.web.server import serve; serve(port=int(sys.argv[1]))"
PATIENCE = 30.0


class Running:
    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = folder / "log"
        environment = {
            **os.environ,
            "TOVHOLDER_HOME": str(folder),
            "TOVHOLDER_ADDRESS": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "tovholder.config.settings",
        }
        with self.log.open("wb") as log, (folder / "errors").open("wb") as errors:
            command = [sys.executable, "-c", START, str(self.port)]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=errors)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self.process.poll() is None, (folder / "errors").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def ask(self, method, path, body=None):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            client.request(method, path, body=body)
            answer = client.getresponse()
            answer.read()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}
        finally:
            client.close()

    def lines(self, count):
        deadline = time.monotonic() + PATIENCE
        while len(self.log.read_text().splitlines()) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture
def server(tmp_path):
    running = Running(tmp_path)
    yield running
    running.process.kill()
    running.process.wait()


def test_every_answer_carries_the_headers_and_the_log_tells_only_the_route(server):
    missing = server.ask("GET", "/findes-ikke?navn=Karen")
    style = server.ask("GET", "/static/tovholder.css")
    too_large = server.ask("POST", "/planer/", b"x" * (31 * 1024 * 1024))
    assert [status for status, _ in (missing, style, too_large)] == [404, 200, 413]
    for _, headers in (missing, style, too_large):
        assert (set(OWN_HEADERS) | {"x-request-id"}) - {"cache-control"} <= set(headers)
        assert "server" not in headers
    lines = server.lines(3)
    assert {line["request"] for line in lines} == {h["x-request-id"] for _, h in (missing, style, too_large)}
    assert not [word for word in ("Karen", "findes-ikke", "127.0.0.1") if word in server.log.read_text()]


def test_who_has_begun_to_send_is_answered_before_the_server_stops(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as client:
        client.sendall(b"POST /findes-ikke HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n\r\nab")
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        client.sendall(b"cd")
        assert client.recv(65536).startswith(b"HTTP/1.1 404 ")
    server.process.wait(PATIENCE)
