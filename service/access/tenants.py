"""The tenant that the work in hand belongs to; what is kept is kept for it alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

DEFAULT_TENANT = "default"
TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_tenant: ContextVar[str] = ContextVar("tenant", default=DEFAULT_TENANT)


def tenant_in_use() -> str:
    """Whose request, command or chunk this is; `default` in open mode and on the command line."""
    return _tenant.get()


@contextmanager
def acting_for(tenant: str) -> Iterator[None]:
    """Work for this tenant inside of the block; threads that anyio starts for it inherit it."""
    token = _tenant.set(tenant)
    try:
        yield
    finally:
        _tenant.reset(token)
