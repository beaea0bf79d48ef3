"""ASGI middleware: before a body is read, who asks, whether the route is theirs, and what it costs."""

import anyio
import anyio.to_thread
from starlette._utils import get_route_path
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.access.keys import Key
from service.access.limiter import Bucket, Limiter, RateLimitedError, meter
from service.access.routes import UNLISTED, Rule, rule_of
from service.access.tenants import DEFAULT_TENANT, acting_for
from service.access.verifying import Verifier
from service.http.problems import ProblemError, problem_response
from service.settings import Settings

LOOK_UPS_AT_ONCE = 4
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="sitewatt"'}


class Gate:
    """Lets in who may come in; the request goes on for its tenant."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.closed = app, settings.access == "closed"
        self.per_minute = settings.units_per_minute
        self._limiter, self._verifier = Limiter(settings.burst_units), Verifier()
        self._look_ups = anyio.CapacityLimiter(LOOK_UPS_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = scope["state"]["request_id"]
        try:
            rule = rule_of(scope["method"], get_route_path(scope))
            key = await self._key(scope, rule) if self.closed and rule.scope is not None else None
            bucket = self._bucket(scope, rule, key)
            if bucket is not None:
                bucket.take(rule.units)
        except ProblemError as error:
            headers = _headers_of(error)
            await problem_response(request_id, error.kind, error.detail, headers=headers)(scope, receive, send)
            return

        async def send_with_limit(message: Message) -> None:
            if bucket is not None and message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *bucket.headers()]
            await send(message)

        scope["state"]["still_allowed"] = lambda: self._still_allowed(scope, rule)
        meter(bucket, rule.units)
        with acting_for(key.tenant if key else DEFAULT_TENANT):
            await self.app(scope, receive, send_with_limit)

    async def _still_allowed(self, scope: Scope, rule: Rule) -> bool:
        """Whether the same request would be let in now: asked again and again where an answer goes on for hours."""
        if not self.closed or rule.scope is None:
            return True
        try:
            await self._key(scope, rule)
        except ProblemError as error:
            return error.kind == "storage-unavailable"
        return True

    async def _key(self, scope: Scope, rule: Rule) -> Key:
        """The key of a request, which may do what it asks for. Raises ProblemError."""
        headers = Headers(scope=scope)
        sent = _sent(headers)
        if sent is None:
            detail = "Send a key as Authorization: Bearer or as X-API-Key; the operator makes one by sitewatt keys."
            raise ProblemError("unauthorized", detail)
        key = self._verifier.cached(sent)
        if key is None:
            office = scope["app"].state.batching.office
            key = await anyio.to_thread.run_sync(self._verifier.verified, sent, office, limiter=self._look_ups)
        if key is None:
            raise ProblemError("unauthorized", "This key is not known, has ended or was revoked.")
        if rule.scope is None or not key.allows(rule.scope):
            if rule is UNLISTED:
                raise ProblemError("forbidden", "This method and address are not known here; see /openapi.json.")
            raise ProblemError("forbidden", f"This needs a key with the scope {rule.scope}.")
        own_page = headers.get("sec-fetch-site") == "same-origin"  # of any method: a POST from there has an origin, too
        if key.origins and headers.get("origin") not in key.origins and not own_page:
            raise ProblemError("forbidden", "This key is for the pages that it was made for.")
        return key

    def _bucket(self, scope: Scope, rule: Rule, key: Key | None) -> Bucket | None:
        """Of the key; in open mode of the caller's address."""
        per_minute = (key.units_per_minute if key else None) or self.per_minute
        if per_minute is None or rule.scope is None:
            return None
        client = scope.get("client")
        return self._limiter.bucket(f"key {key.prefix}" if key else f"at {client[0] if client else ''}", per_minute)


def _sent(headers: Headers) -> str | None:
    """The key, from either header."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and value.strip():
        return value.strip()
    return headers.get("x-api-key") or None


def _headers_of(error: ProblemError) -> dict[str, str] | None:
    if error.kind == "unauthorized":
        return CHALLENGE
    if isinstance(error, RateLimitedError):
        return {"Retry-After": str(error.retry_after)}
    return {"Retry-After": "10"} if error.kind == "storage-unavailable" else None
