"""Keys in the database of batches."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import insert, select, update

from service.access.keys import Key, hashed, new_prefix, new_secret, shown
from service.jobs.database import Database
from service.jobs.tables import api_keys


class KeyStore:
    """The keys of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def create(
        self,
        tenant: str,
        name: str,
        scopes: Sequence[str],
        seconds: float | None = None,
        units_per_minute: float | None = None,
        origins: Sequence[str] = (),
    ) -> tuple[Key, str]:
        """A new key that is good for so many seconds, and the text of it, which is shown this once."""
        secret = new_secret()
        with self.database.writing() as connection:
            now = self.database.now(connection)
            key = Key(
                prefix=new_prefix(),
                name=name,
                tenant=tenant,
                scopes=tuple(scopes),
                secret_hash=hashed(secret),
                created_at=now,
                expires_at=None if seconds is None else now + seconds,
                units_per_minute=units_per_minute,
                origins=tuple(origins),
            )
            values = asdict(key) | {"scopes": list(key.scopes), "origins": list(key.origins)}
            connection.execute(insert(api_keys).values(**values))
        return key, shown(key.prefix, secret)

    def find(self, prefix: str) -> tuple[Key | None, float]:
        """The key of a prefix, None where there is none, and what time it is in the database."""
        with self.database.reading() as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.prefix == prefix)).one_or_none()
            return (None if row is None else _key(row)), self.database.now(connection)

    def list(self) -> list[Key]:
        """All keys, the newest first."""
        with self.database.reading() as connection:
            wanted = select(api_keys).order_by(api_keys.c.created_at.desc(), api_keys.c.prefix)
            return [_key(row) for row in connection.execute(wanted).all()]

    def rotate(self, prefix: str, overlap_seconds: float) -> tuple[Key, str]:
        """A new secret under the same prefix; the former one stays good for the overlap. Raises KeyError."""
        secret = new_secret()
        with self.database.writing() as connection:
            now = self.database.now(connection)
            row = connection.execute(select(api_keys).where(api_keys.c.prefix == prefix)).one_or_none()
            if row is None or row.revoked_at is not None:
                raise KeyError(prefix)
            changed = {
                "old_hash": row.secret_hash,
                "old_until": now + overlap_seconds,
                "secret_hash": hashed(secret),
            }
            connection.execute(update(api_keys).where(api_keys.c.prefix == prefix).values(**changed))
        return replace(_key(row), **changed), shown(prefix, secret)

    def revoke(self, prefix: str) -> None:
        """End a key, its former secret too. Raises KeyError."""
        with self.database.writing() as connection:
            ended = connection.execute(
                update(api_keys)
                .where(api_keys.c.prefix == prefix, api_keys.c.revoked_at.is_(None))
                .values(revoked_at=self.database.now(connection))
            )
        if ended.rowcount == 0:
            raise KeyError(prefix)


def _key(row: Any) -> Key:
    values = dict(row._mapping)
    return Key(**(values | {"scopes": tuple(values["scopes"]), "origins": tuple(values["origins"] or ())}))
