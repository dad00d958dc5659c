"""A hall in one file that speaks the agreed contract, so that the harness can be tried on honest and faulty servers.

HALL_FAULT is "forget" (some votes are acknowledged and not stored), "twice" (a repeated key is stored again),
"invent" (a vote nobody cast is stored), or empty.
"""

import json
import os
import secrets
import sqlite3
import sys
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

FAULT = os.environ.get("HALL_FAULT", "")
CODE = "AAR26"


def database():
    return sqlite3.connect(os.environ["TOVHOLDER_DATABASE"], timeout=30, isolation_level=None)


def store(device, statement, answer, key):
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    known = connection.execute("SELECT 1 FROM vote WHERE key = ?", (key,)).fetchone()
    unlucky = int(key, 16) % 8 == 0
    if (not known or FAULT == "twice") and not (unlucky and FAULT == "forget"):
        connection.execute("INSERT INTO vote VALUES (?, ?, ?, ?)", (device, statement, answer, key))
    if unlucky and FAULT == "invent":
        connection.execute("INSERT INTO vote VALUES (?, ?, ?, ?)", (secrets.token_hex(4), statement, answer, "none"))
    connection.execute("COMMIT")
    connection.close()


class Hall(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        page = b'<form><input type="hidden" name="csrfmiddlewaretoken" value="token"></form>'
        self.tell(200, page, ("Set-Cookie", f"enhed={secrets.token_hex(8)}; Path=/; HttpOnly"), ("Set-Cookie", "csrf=token"))

    def do_POST(self):
        form = {name: value[0] for name, value in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        cookies = SimpleCookie(self.headers["Cookie"])
        if self.path != f"/v/{CODE}/vote" or form["csrfmiddlewaretoken"] != cookies["csrf"].value:
            self.tell(403, b"{}")
            return
        answer = int(form["answer"])
        store(cookies["enhed"].value, form["statement"], answer, form["key"])
        self.tell(200, json.dumps({"stored": True, "statement": form["statement"], "answer": answer}).encode())

    def tell(self, status, content, *headers):
        self.send_response(status)
        for name, value in [*headers, ("Content-Length", str(len(content)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words):
        print(json.dumps({"method": self.command, "status": 200, "sql": 4}), flush=True)


def main(command, *words):
    if command == "migrate":
        database().executescript("PRAGMA journal_mode=WAL; CREATE TABLE vote (device, statement, answer, key)")
    elif command == "prepare_votes":
        print(json.dumps({"code": CODE, "statements": [f"s{number}" for number in range(int(words[1]))]}))
    elif command == "count_votes":
        rows = database().execute("SELECT device, statement, answer FROM vote").fetchall()
        print(json.dumps({"rows": len(rows), "keys": rows}))
    elif command == "serve":
        ThreadingHTTPServer.request_queue_size = 128
        ThreadingHTTPServer(("127.0.0.1", int(words[3])), Hall).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
