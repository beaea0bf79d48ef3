"""The news that a batch is over, sent to receivers that the operator registered (Standard Webhooks).

https alone; the host's addresses are checked, and the checked one is used, so that a name which resolves otherwise a
moment later reaches nothing inside; no redirects; no proxy of the environment. At least once: receivers tell repeats by
the id of the message.
"""

import ipaddress
import json
import logging
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
from sqlalchemy import select, update
from standardwebhooks import Webhook as Signature

from service.jobs.store import Store
from service.jobs.tables import batches
from service.settings import Webhook

SECONDS = 10.0
WAITS = (5.0, 30.0, 300.0, 1800.0, 7200.0, 36000.0)  # after each failed attempt; then it is given up
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
log = logging.getLogger("sitewatt")


class RefusedError(Exception):
    """An address that must not be asked, or an answer that is no success."""


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, reserved and multicast addresses, however they are written."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    teredo = getattr(found, "teredo", None)
    translated = [ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)] if found in NAT64 else []
    candidates = [found, *([inner] if inner else []), *(teredo or ()), *translated]
    return all(one.is_global and not one.is_multicast for one in candidates)


def resolved(host: str, port: int, allowed: Callable[[str], bool] = is_public) -> str:
    """The first address of a host. Raises RefusedError where any of them is not allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise RefusedError("the host has no address") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(allowed(address) for address in addresses):
        raise RefusedError("the host is not on the public network")
    return addresses[0]


def send(
    webhook: Webhook,
    message_id: str,
    payload: Mapping[str, Any],
    *,
    allowed: Callable[[str], bool] = is_public,
    verify: Any = True,
) -> None:
    """One signed POST. Raises RefusedError or httpx.HTTPError. `verify` as httpx takes it."""
    url = httpx.URL(webhook.url)
    if url.scheme != "https" or not url.host or url.userinfo:
        raise RefusedError("https alone, without a user")
    address = resolved(url.host, url.port or 443, allowed)
    body = json.dumps(payload, separators=(",", ":"))
    now = datetime.now(UTC)
    headers = {
        "host": url.netloc.decode("ascii"),
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signature(webhook.secret.get_secret_value()).sign(message_id, now, body),
    }
    with httpx.Client(follow_redirects=False, trust_env=False, timeout=SECONDS, verify=verify) as client:
        request = client.build_request(
            "POST", url.copy_with(host=address), headers=headers, content=body, extensions={"sni_hostname": url.host}
        )
        answer = client.send(request, stream=True)
        answer.close()  # its body is of no interest, however long
    if not 200 <= answer.status_code < 300:
        raise RefusedError(f"the receiver answered {answer.status_code}")


class Outbox:
    """News that is due, in the table of batches: a due time that the sender first moves ahead, then takes away."""

    def __init__(self, store: Store, webhooks: Mapping[str, Webhook], sender: Callable[..., None] = send) -> None:
        self._store, self._webhooks, self._send = store, webhooks, sender

    def deliver_due(self) -> int:
        """Send what is due; how many were taken."""
        taken = 0
        while (due := self._claim()) is not None:
            taken += 1
            batch_id, name, tries = due
            try:
                if name not in self._webhooks:
                    raise RefusedError("no receiver of this name is registered any more")
                self._send(self._webhooks[name], batch_id, self._news(batch_id))
            except (RefusedError, httpx.HTTPError, OSError, ValueError, KeyError) as error:
                reason = str(error) if isinstance(error, RefusedError) else type(error).__name__
                log.warning("webhook %s was not told of batch %s (attempt %d): %s", name, batch_id, tries, reason)
                if tries < len(WAITS):
                    continue
            self._done(batch_id)
        return taken

    def _claim(self) -> tuple[str, str, int] | None:
        database = self._store.database
        with database.reading() as connection:
            waiting = select(batches.c.id).where(batches.c.webhook_due <= database.now(connection))
            if connection.execute(waiting.limit(1)).first() is None:
                return None
        with database.writing() as connection:
            now = database.now(connection)
            row = connection.execute(
                select(batches.c.id, batches.c.webhook, batches.c.webhook_tries)
                .where(batches.c.webhook_due <= now)
                .order_by(batches.c.webhook_due)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).first()
            if row is None:
                return None
            wait = WAITS[min(row.webhook_tries, len(WAITS) - 1)]
            connection.execute(
                update(batches)
                .where(batches.c.id == row.id)
                .values(webhook_due=now + max(wait, 2.0 * SECONDS), webhook_tries=row.webhook_tries + 1)
            )
        return row.id, row.webhook, row.webhook_tries + 1

    def _done(self, batch_id: str) -> None:
        with self._store.database.writing() as connection:
            connection.execute(update(batches).where(batches.c.id == batch_id).values(webhook_due=None))

    def _news(self, batch_id: str) -> dict[str, Any]:
        batch = self._store.get(batch_id)
        return {
            "type": f"batch.{batch.status}",
            "timestamp": datetime.fromtimestamp(batch.finished_at or batch.created_at, UTC).isoformat(),
            "data": {"batch_id": batch.id, "total": batch.total, "done": batch.done, "failed": batch.failed},
        }
