"""API keys: `sw_<prefix>_<secret>`; the secret is known to its holder alone, its SHA-256 is kept."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

SCOPES = ("read", "assess", "batch", "data", "admin")
SECRET_BYTES = 32
KEY = re.compile(r"sw_([a-z0-9]{12})_([A-Za-z0-9_-]{43})")
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key. Times are seconds since 1970; `units_per_minute` None is the service's limit.

    `old_hash` is that of the secret before a rotation, good until `old_until`. `origins` restrict a key that stands in
    a web page to the pages named.
    """

    prefix: str
    name: str
    tenant: str
    scopes: tuple[str, ...]
    secret_hash: str
    created_at: float
    expires_at: float | None = None
    revoked_at: float | None = None
    old_hash: str | None = None
    old_until: float | None = None
    units_per_minute: float | None = None
    origins: tuple[str, ...] = ()

    def allows(self, scope: str) -> bool:
        """Whether it has the scope; `admin` has all, within its tenant."""
        return scope in self.scopes or "admin" in self.scopes

    def opens_with(self, secret: str, now: float) -> bool:
        """Whether the secret is its own, or the former one during the overlap; compared in constant time."""
        given = hashed(secret)
        current = hmac.compare_digest(given, self.secret_hash)
        former = hmac.compare_digest(given, self.old_hash or "0" * 64)
        in_overlap = self.old_hash is not None and self.old_until is not None and now < self.old_until
        ended = self.revoked_at is not None or (self.expires_at is not None and now >= self.expires_at)
        return (current or (former and in_overlap)) and not ended


def new_prefix() -> str:
    """12 letters and digits by which a key is found and named; no secret."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def new_secret() -> str:
    """256 random bits in URL-safe base 64."""
    return secrets.token_urlsafe(SECRET_BYTES)


def shown(prefix: str, secret: str) -> str:
    """The key as its holder sends it."""
    return f"sw_{prefix}_{secret}"


def parts(key: str) -> tuple[str, str] | None:
    """Prefix and secret of a key; None where it is not of this form."""
    found = KEY.fullmatch(key)
    return (found[1], found[2]) if found else None


def hashed(secret: str) -> str:
    """SHA-256 in hexadecimal: a guess among 2^256 gains nothing from a fast hash (decision 9)."""
    return hashlib.sha256(secret.encode()).hexdigest()
