"""Real sockets against a real server: slow phones, large files and half requests must not stop the others."""

import asyncio
import hashlib
import http.client
import json
import os
import random
import socket
import threading
import time
from contextlib import ExitStack, contextmanager

import pytest
import uvicorn
from a2wsgi import WSGIMiddleware

from tovholder.web.front import OWN_HEADERS, BodyBufferingFront, Limits, Turned, announced_length
from tovholder.web.server import AccessLog, configured, patient_protocol, raise_file_limit

pytestmark = pytest.mark.once

PATIENCE = 5.0
PIECES = [bytes([number]) * 65536 for number in range(128)]


class Recorder:
    """A WSGI app that tells what it received."""

    def __init__(self):
        self.calls = 0

    def __call__(self, environ, start_response):
        self.calls += 1
        if environ["PATH_INFO"] == "/stream":
            start_response("200 OK", [("content-type", "application/octet-stream")])
            return iter(PIECES)
        body = environ["wsgi.input"].read()
        answer = {
            "sha256": hashlib.sha256(body).hexdigest(),
            "length": environ.get("CONTENT_LENGTH"),
            "query": environ["QUERY_STRING"],
            "names": sorted(name for name in environ if name.startswith("HTTP_X")),
        }
        content = json.dumps(answer).encode()
        start_response("200 OK", [("content-type", "application/json"), ("content-length", str(len(content)))])
        return [content]


@contextmanager
def running(app, **options):
    server = uvicorn.Server(configured(app, "127.0.0.1", 0, timeout_graceful_shutdown=1, **options))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def fronted(recorder=None, **options):
    app = WSGIMiddleware(recorder or Recorder(), workers=8, send_queue_size=64)
    front = BodyBufferingFront(app, **options)
    with running(front) as port:
        yield port, front


def connect(port, first, receive_buffer=None):
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(PATIENCE)
    client.connect(("127.0.0.1", port))
    client.sendall(first)
    return client


def read_all(client):
    parts = []
    while part := client.recv(65536):
        parts.append(part)
    return b"".join(parts)


def head(path="/", length=None, *more):
    lines = [f"POST {path} HTTP/1.1", "Host: x", *more]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def get(port, path="/", timeout=PATIENCE, **headers):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        client.request("GET", path, headers=headers)
        answer = client.getresponse()
        return answer.status, answer.read()
    finally:
        client.close()


def post(port, body, path="/", **kwargs):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        client.request("POST", path, body=body, **kwargs)
        answer = client.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        client.close()


@contextmanager
def trickling(port, count):
    with ExitStack() as stack:
        clients = [stack.enter_context(connect(port, head(length=1000) + b"a")) for _ in range(count)]
        done = threading.Event()

        def drip():
            while not done.wait(0.3):
                for client in clients:
                    client.sendall(b"a")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        try:
            yield clients
        finally:
            done.set()
            thread.join()


def open_files(folder):
    """Unnamed temporary files show only as open descriptors of this process."""
    found = []
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except FileNotFoundError:
            continue
        if target.startswith(str(folder)):
            found.append(target)
    return found


def eventually(condition):
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_pages_answer_while_200_bodies_trickle():
    recorder = Recorder()
    with fronted(recorder) as (port, _), trickling(port, 200):
        assert [get(port)[0] for _ in range(20)] == [200] * 20
    assert recorder.calls == 20


@pytest.mark.slow
def test_without_the_front_eight_slow_bodies_stop_every_page():
    with running(WSGIMiddleware(Recorder(), workers=8)) as port, trickling(port, 8), pytest.raises(TimeoutError):
        get(port, timeout=1.0)


def test_pages_answer_while_twelve_readers_do_not_read():
    with fronted() as (port, _), ExitStack() as stack:
        for _ in range(12):
            stack.enter_context(connect(port, b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n", receive_buffer=4096))
        time.sleep(0.5)
        assert [get(port)[0] for _ in range(5)] == [200] * 5


@pytest.mark.slow
def test_without_the_front_eight_readers_that_do_not_read_stop_every_page():
    with running(WSGIMiddleware(Recorder(), workers=8)) as port, ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(connect(port, b"GET /stream HTTP/1.1\r\nHost: x\r\n\r\n", receive_buffer=4096))
        time.sleep(0.5)
        with pytest.raises(TimeoutError):
            get(port, timeout=1.0)


def test_a_streamed_answer_arrives_whole_and_in_order():
    with fronted(spool=100_000) as (port, _):
        assert get(port, "/stream")[1] == b"".join(PIECES)


@pytest.mark.parametrize("spool", [1024, 4 * 1024 * 1024])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_arrives_intact(spool, chunked):
    body = random.Random(7).randbytes(1_000_000)
    sent = (body[start : start + 70_001] for start in range(0, len(body), 70_001)) if chunked else body
    with fronted(spool=spool) as (port, front):
        status, _, answer = post(port, sent, encode_chunked=chunked)
        assert status == 200
        assert json.loads(answer)["sha256"] == hashlib.sha256(body).hexdigest()
        assert json.loads(answer)["length"] == "1000000"
        assert eventually(lambda: front.held == 0)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_gets_a_whole_answer(chunked):
    recorder = Recorder()
    piece = b"x" * 100_000
    with fronted(recorder, max_body=1024 * 1024) as (port, front):
        status, headers, answer = post(port, iter([piece] * 40) if chunked else piece * 40, encode_chunked=chunked)
        assert eventually(lambda: front.held == 0)
    assert status == 413
    assert "Der kan højst sendes 1 MB ad gangen, og intet er gemt. Send noget mindre." in answer.decode()
    assert {name: headers[name] for name in OWN_HEADERS} == OWN_HEADERS
    assert recorder.calls == 0


def test_who_asks_before_sending_too_much_is_told_at_once():
    with fronted(max_body=1000) as (port, _), connect(port, head("/", 5000, "Expect: 100-continue")) as client:
        assert read_all(client).startswith(b"HTTP/1.1 413 ")


def test_a_path_may_have_its_own_limits():
    limits = {"/filer/": Limits(max_body=5000)}
    with fronted(max_body=1000, per_path=limits) as (port, _):
        assert [post(port, b"x" * 3000, path)[0] for path in ("/filer/ny", "/andet/filer/")] == [200, 413]


def test_silence_in_the_middle_of_a_body_is_answered_with_408():
    with fronted(idle=0.2) as (port, front), connect(port, head(length=10) + b"abc") as client:
        answer = read_all(client).decode()
        assert answer.startswith("HTTP/1.1 408 ")
        assert "Forbindelsen var for langsom, og intet er gemt. Tjek den, og send igen." in answer
        assert front.held == 0


def test_a_body_that_never_ends_is_answered_with_408():
    with fronted(idle=5, whole=0.8) as (port, _), trickling(port, 1) as (client,):
        assert read_all(client).startswith(b"HTTP/1.1 408 ")


def test_more_than_the_house_can_hold_is_answered_with_503():
    with fronted(held_at_most=1000) as (port, front):
        status, headers, answer = post(port, b"x" * 3000, headers={"Accept": "application/json"})
        assert (status, headers["retry-after"], front.held) == (503, "60", 0)
        assert json.loads(answer) == {"stored": False, "message": "Intet er gemt. Vent et minut, og send igen."}
        assert post(port, b"x" * 900)[0] == 200


def test_two_announcements_of_the_length_are_refused():
    chunk = b"5\r\nhello\r\n0\r\n\r\n"
    recorder = Recorder()
    with fronted(recorder) as (port, _), connect(port, head("/", 5, "Transfer-Encoding: chunked") + chunk) as client:
        assert read_all(client).startswith(b"HTTP/1.1 400 ")
    assert recorder.calls == 0


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-length", b"5"), (b"transfer-encoding", b"chunked")],
        [(b"content-length", b"5"), (b"content-length", b"6")],
        [(b"content-length", b"-5")],
        [(b"transfer-encoding", b"gzip, chunked")],
        [(b"transfer-encoding", b"chunked"), (b"transfer-encoding", b"identity")],
    ],
)
def test_the_front_itself_refuses_unclear_lengths(headers):
    with pytest.raises(Turned) as turned:
        announced_length(headers)
    assert turned.value.status == 400

    sent = []

    async def call():
        async def send(message):
            sent.append(message)

        scope = {"type": "http", "path": "/", "query_string": b"", "headers": headers}
        await BodyBufferingFront(None)(scope, None, send)

    # A thread of its own: a browser test in the same process may have left an event loop running in this one.
    alone = threading.Thread(target=asyncio.run, args=(call(),))
    alone.start()
    alone.join()
    assert sent[0]["status"] == 400


def test_clients_that_leave_leave_nothing_behind(tmp_path):
    recorder = Recorder()
    with fronted(recorder, spool=1000, folder=str(tmp_path)) as (port, front):
        clients = [connect(port, head(length=90_000) + b"x" * 50_000) for _ in range(20)]
        assert eventually(lambda: front.held == 20 * 50_000)
        assert len(open_files(tmp_path)) == 20
        for client in clients:
            client.close()
        assert eventually(lambda: front.held == 0 and not open_files(tmp_path))
        assert get(port)[0] == 200
    assert recorder.calls == 1


def test_headers_that_wsgi_would_confuse_are_left_out():
    with fronted() as (port, _):
        answer = json.loads(get(port, **{"X_Real_Ip": "1.2.3.4", "X-Other": "a"})[1])
    assert answer["names"] == ["HTTP_X_OTHER"]


def test_a_head_that_never_ends_is_cut_off():
    with running(BodyBufferingFront(WSGIMiddleware(Recorder())), http=patient_protocol(head=0.2)) as port:
        with connect(port, b"GET / HTTP/1.1\r\nHost: x\r\n") as client:
            assert read_all(client) == b""
        assert get(port)[0] == 200


def test_the_log_holds_no_address_query_path_or_body():
    lines = []
    app = AccessLog(BodyBufferingFront(WSGIMiddleware(Recorder()), max_body=100), lines.append)
    with running(app) as port:
        get(port, "/sag/hemmelig?navn=Karen")
        assert eventually(lambda: len(lines) == 1)
        headers = post(port, b"hemmelig" * 100)[1]
        assert eventually(lambda: len(lines) == 2)
    kept = [json.loads(line) for line in lines]
    assert kept[1]["request"] == headers["x-request-id"]
    assert [(line["method"], line["status"], line["route"]) for line in kept] == [
        ("GET", 200, None),
        ("POST", 413, None),
    ]
    assert not [word for word in ("hemmelig", "Karen", "127.0.0.1") if word in "".join(lines)]


def test_the_file_limit_is_raised_as_far_as_allowed():
    before = raise_file_limit(0)
    assert raise_file_limit(before) == before
