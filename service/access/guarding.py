"""ASGI middleware: the headers that guard every answer, and which hosts are answered at all."""

import uuid
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.problems import problem_response
from service.settings import Settings

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"
# Swagger UI's page has a script and styles of its own inside; no text of a caller is on it.
SWAGGER = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FRAMED = ("/embed", "/embed.js")  # for the pages of others
KEPT = ("/", "/embed", "/embed.js", "/openapi.json")  # the same for everybody, with the prefixes below
KEPT_BELOW = ("/web/", "/docs", "/static-offline-docs/")


class Guard:
    """What a route sets itself stays."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self._hosts = app, tuple(host.lower() for host in settings.allowed_hosts)
        self._always = dict(ALWAYS)
        if settings.hsts_seconds:
            self._always["Strict-Transport-Security"] = f"max-age={settings.hsts_seconds}; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        state = scope.setdefault("state", {})
        request_id = state.setdefault("request_id", str(uuid.uuid4()))
        state["guarding"] = self._always | _of_path(path)  # for the answer to a bug, which is made outside of this

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                for name, value in state["guarding"].items():
                    headers.setdefault(name, value)
                message["headers"] = headers.raw
            await send(message)

        if {b"content-length", b"transfer-encoding"} <= {name for name, _ in scope["headers"]}:
            # Two lengths: what one server takes for a body is another's next request (RFC 9112, 6.1).
            detail = "Content-Length and Transfer-Encoding tell two lengths: send one."
            close = {"Connection": "close"}
            await problem_response(request_id, "malformed-body", detail, headers=close)(scope, receive, guarded)
            return
        if self._hosts and not path.startswith("/healthz/") and not _named(_host(scope), self._hosts):
            detail = "This service does not answer under this host's name."
            await problem_response(request_id, "unknown-host", detail)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)


def _of_path(path: str) -> dict[str, str]:
    found = {
        "Content-Security-Policy": SWAGGER if path == "/docs" else NOTHING,
        "Cross-Origin-Resource-Policy": "cross-origin" if path in FRAMED else "same-origin",
    }
    if path not in KEPT and not path.startswith(KEPT_BELOW):
        found["Cache-Control"] = "no-store"
    return found


def _host(scope: Scope) -> str:
    value = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1").lower()
    return value.rpartition(":")[0] if value.rpartition(":")[2].isdecimal() else value


def _named(host: str, hosts: Iterable[str]) -> bool:
    return any(host == name or (name.startswith("*.") and host.endswith(name[1:])) for name in hosts)
