"""The id of a request: the caller's where it is plain, the trace's where there is one, else a new one."""

import re
import uuid
from collections.abc import Iterable

PLAIN = re.compile(r"[A-Za-z0-9._-]{1,64}")
TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")  # W3C Trace Context
NO_TRACE = "0" * 32


def request_id(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """By `X-Request-ID`, else `traceparent`, else a UUID; what is not plain is not taken: it goes into logs."""
    sent = {name: value.decode("latin-1") for name, value in headers if name in (b"x-request-id", b"traceparent")}
    if PLAIN.fullmatch(own := sent.get(b"x-request-id", "")):
        return own
    trace = TRACEPARENT.fullmatch(sent.get(b"traceparent", ""))
    return trace[1] if trace and trace[1] != NO_TRACE else str(uuid.uuid4())
