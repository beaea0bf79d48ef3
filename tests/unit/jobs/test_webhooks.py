"""News of the end of a batch: signed, to public addresses alone, again where it fails."""

import http.server
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme
from pydantic import SecretStr, ValidationError
from sqlalchemy import update
from standardwebhooks import Webhook as Signature

from service.jobs.database import Database
from service.jobs.records import NewBatch, Row
from service.jobs.store import Store
from service.jobs.tables import batches
from service.jobs.webhooks import Outbox, RefusedError, is_public, resolved, send
from service.settings import Settings, Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Receiver:
    """An https server on this machine with a certificate of its own; keeps what it is sent."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers = [200]
        authority = trustme.CA()
        self.trust = ssl.create_default_context()
        authority.configure_trust(self.trust)
        mine = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                mine.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                status = mine.answers.pop(0) if len(mine.answers) > 1 else mine.answers[0]
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "https://localhost/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def webhook(self) -> Webhook:
        return Webhook(url=f"https://localhost:{self.server.server_address[1]}/hook", secret=SecretStr(SECRET))

    def send(self, webhook: Webhook, message_id: str, payload: Any) -> None:
        send(webhook, message_id, payload, allowed=lambda _: True, verify=self.trust)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.server.shutdown()
    one.server.server_close()


def test_signed_and_verified_by_name(receiver: Receiver) -> None:
    receiver.send(receiver.webhook, "m1", {"type": "batch.successful"})
    ((headers, body),) = receiver.got
    assert Signature(SECRET).verify(body, headers) == json.loads(body)
    assert headers["host"].startswith("localhost:")
    with pytest.raises(httpx.ConnectError):  # a certificate that nobody vouches for
        send(receiver.webhook, "m1", {}, allowed=lambda _: True)


def test_private_addresses_and_redirects_are_refused(receiver: Receiver) -> None:
    with pytest.raises(RefusedError, match="public"):
        send(receiver.webhook, "m1", {}, verify=receiver.trust)
    assert receiver.got == []
    receiver.answers = [302]
    with pytest.raises(RefusedError, match="302"):
        receiver.send(receiver.webhook, "m1", {})
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("224.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::1", "255.255.255.255"),
        "64:ff9b::a01:203",
    ],
)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_what_is_public() -> None:
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    assert is_public("64:ff9b::5db8:d70e")


def test_one_private_address_of_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    with pytest.raises(RefusedError):
        resolved("two-faced.example", 443)


def test_the_address_that_was_checked_is_the_one_that_is_used(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that resolves to something inside from the second time on: it is not resolved again."""
    real, asked = socket.getaddrinfo, []

    def rebinding(host: Any, *more: Any, **named: Any) -> Any:
        if host not in ("localhost", b"localhost"):
            return real(host, *more, **named)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.9", *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    receiver.send(receiver.webhook, "m1", {})
    assert len(asked) == 1
    assert len(receiver.got) == 1


def test_plain_http_cannot_be_registered() -> None:
    with pytest.raises(ValidationError):
        Settings(webhooks={"a": {"url": "http://receiver.example", "secret": SECRET}})


def test_told_until_it_is_heard(receiver: Receiver, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'batches.sqlite'}")
    database.migrate()
    store = Store(database)
    failed = Row(1, "a", None, None, None, {"detail": "x", "errors": []})
    batch, _ = store.create(NewBatch({}, [], [failed], "d", webhook="mine"))
    receiver.answers = [500, 200]
    outbox = Outbox(store, {"mine": receiver.webhook}, receiver.send)
    assert outbox.deliver_due() == 1
    assert outbox.deliver_due() == 0  # it is not due yet
    with database.writing() as connection:
        connection.execute(update(batches).values(webhook_due=0.0))
    assert outbox.deliver_due() == 1
    assert outbox.deliver_due() == 0
    first, second = (json.loads(body) for _, body in receiver.got)
    assert first == second
    assert first["data"] == {"batch_id": batch.id, "total": 1, "done": 1, "failed": 1}
    assert {headers["webhook-id"] for headers, _ in receiver.got} == {batch.id}
    database.close()
