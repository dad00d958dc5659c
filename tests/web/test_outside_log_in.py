"""Log-in through a workplace, against a small OpenID Connect provider on loopback; and invitations that open a log-in."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import call_command

from tests.factories import AT, make_party, make_user
from tovholder.parties import queries
from tovholder.parties.models import Role, User


class Provider:
    """A provider that knows one person. It checks PKCE, and signs its tokens with a key of its own."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person = {"sub": "staff-17", "email": "mette@vejen.example", "email_verified": True, "name": "Mette Holm (eksempel)"}
        self.codes = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args):
                pass

            def _json(self, body, status=200):
                raw = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def do_GET(self):
                path = urlsplit(self.path).path
                if path == "/.well-known/openid-configuration":
                    self._json(provider.configuration())
                elif path == "/keys":
                    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(provider.key.public_key()))
                    self._json({"keys": [jwk | {"kid": "1", "use": "sig", "alg": "RS256"}]})
                elif path == "/userinfo":
                    self._json(provider.person)
                else:
                    self._json({}, 404)

            def do_POST(self):
                asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                challenge = provider.codes.pop(asked["code"][0], None)
                proof = (
                    base64.urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", [""])[0].encode()).digest()).rstrip(b"=").decode()
                )
                if challenge is None or proof != challenge:
                    self._json({"error": "invalid_grant"}, 400)
                    return
                self._json({"access_token": "at", "token_type": "Bearer", "id_token": provider.id_token()})

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def configuration(self):
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        }

    def id_token(self):
        now = int(time.time())
        claims = self.person | {"iss": self.address, "aud": "tovholder", "iat": now, "exp": now + 300}
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})


@pytest.fixture
def provider(settings):
    provider = Provider()
    settings.OIDC_ISSUER = provider.address
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Vejen Kommune",
                    "client_id": "tovholder",
                    "secret": "s",
                    "settings": {"server_url": provider.address, "uid_field": "sub"},
                }
            ],
        }
    }
    yield provider
    provider.server.shutdown()


def go_through(client, provider, tamper=None):
    """Walks from our log-in to the provider and back, as a browser would."""
    away = client.post("/konto/udefra/oidc/login/")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away["Location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    provider.codes["c1"] = asked["code_challenge"]
    answer = {"code": "c1", "state": asked["state"]} | (tamper or {})
    return client.get("/konto/udefra/oidc/login/callback/", answer)


def test_an_unknown_identity_gets_a_log_in_without_mandates(client, db, provider):
    go_through(client, provider)
    user = User.objects.get(email="mette@vejen.example")
    assert user.person is None
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/planer/ny/").status_code in (302, 403)


def test_the_same_identity_comes_back_to_the_same_log_in(client, db, provider):
    go_through(client, provider)
    client.logout()
    go_through(client, provider)
    assert User.objects.count() == 1


def test_a_mail_address_alone_opens_nobody_elses_log_in(client, db, provider):
    known = make_user(("planner", make_party()), email="mette@vejen.example")
    go_through(client, provider)
    assert client.session.get("_auth_user_id") != str(known.pk)


def test_a_forged_state_is_refused(client, db, provider):
    response = go_through(client, provider, {"state": "forged"})
    assert "_auth_user_id" not in client.session
    assert response.status_code < 500


def test_a_provider_that_is_down_gets_a_page_and_local_log_in_goes_on(client, db, provider):
    provider.server.shutdown()
    provider.server.server_close()
    response = client.post("/konto/udefra/oidc/login/")
    assert response.status_code == 503
    assert "svarer ikke lige nu" in response.content.decode()
    assert client.get("/konto/login/").status_code == 200


@pytest.fixture
def invited(db, capsys):
    make_party("municipality", "Vejen Kommune")
    Role.objects.create(code="coordinator", name="Kommunal koordinator", name_en="Municipal coordinator")
    call_command("invite", "ny@vejen.example", "--name", "Ny (eksempel)", "--role", "coordinator", "--party", "Vejen Kommune")
    return urlsplit(capsys.readouterr().out.split()[-1]).path


def test_an_invitation_opens_once_with_a_password(client, invited):
    assert client.get(invited).status_code == 200
    words = {"new_password1": "havn-og-himmel-26", "new_password2": "havn-og-himmel-26"}
    assert client.post(invited, words).status_code == 302
    user = User.objects.get(email="ny@vejen.example")
    assert queries.by_for(user, AT).holds("coordinator")
    assert client.get(invited).status_code == 404


def test_an_invitation_connects_the_workplace_identity(client, invited, provider):
    client.post(invited, {"outside": "1"})
    go_through(client, provider)
    user = User.objects.get(email="ny@vejen.example")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 1


def test_a_short_password_gets_a_sentence(client, invited):
    response = client.post(invited, {"new_password1": "kort", "new_password2": "kort"})
    assert response.status_code == 422


def test_a_forged_invitation_is_not_found(client, db):
    assert client.get("/konto/invitation/forged/").status_code == 404
