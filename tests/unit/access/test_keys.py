"""Keys as they are kept and compared; buckets by hand-computed examples."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.access.key_store import KeyStore
from service.access.keys import hashed, parts
from service.access.limiter import Bucket, RateLimitedError, meter, spend
from service.access.routes import RULES, UNLISTED, rule_of
from service.access.tenants import acting_for, tenant_in_use
from service.jobs.database import Database
from service.jobs.records import NewBatch, Row
from service.jobs.store import KeyReusedError, Store
from service.workers import side_by_side


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/keys.sqlite")
    made.migrate()
    yield made
    made.close()


def test_only_a_digest_of_the_secret_is_kept(database: Database, tmp_path: Path) -> None:
    key, text = KeyStore(database).create("acme", "test", ["read"])
    prefix, secret = parts(text) or ("", "")
    assert prefix == key.prefix
    assert len(secret) == 43  # 256 bits at 6 a character
    assert key.secret_hash == hashed(secret)
    database.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert secret.encode() not in kept
    assert key.secret_hash.encode() in kept


def test_a_key_ends(database: Database) -> None:
    store = KeyStore(database)
    key, text = store.create("acme", "test", ["read"], seconds=60.0)
    secret = (parts(text) or ("", ""))[1]
    at = key.created_at
    assert key.opens_with(secret, at + 59.9)
    assert not key.opens_with(secret, at + 60.0)
    assert not key.opens_with(secret[:-1] + ("A" if secret[-1] != "A" else "B"), at)
    store.revoke(key.prefix)
    revoked, _ = store.find(key.prefix)
    assert revoked is not None
    assert not revoked.opens_with(secret, at)
    with pytest.raises(KeyError):
        store.revoke(key.prefix)
    with pytest.raises(KeyError):
        store.rotate(key.prefix, 1.0)


def test_both_secrets_open_during_the_overlap_of_a_rotation(database: Database) -> None:
    store = KeyStore(database)
    first, text = store.create("acme", "test", ["read"])
    rotated, new_text = store.rotate(first.prefix, 100.0)
    former, current = (parts(text) or ("", ""))[1], (parts(new_text) or ("", ""))[1]
    until = rotated.old_until or 0.0
    assert rotated.opens_with(current, until + 1.0)
    assert rotated.opens_with(former, until - 1.0)
    assert not rotated.opens_with(former, until)
    assert store.find(first.prefix)[0] == rotated == store.list()[0]


@pytest.mark.parametrize("text", ["", "sw_", "sw_abc_def", "sw_" + "a" * 12 + "_" + "b" * 42, "x" * 100_000])
def test_what_is_no_key_is_not_looked_up(text: str) -> None:
    assert parts(text) is None


def test_admin_has_every_scope_and_no_other_key_has(database: Database) -> None:
    admin, _ = KeyStore(database).create("acme", "", ["admin"])
    reader, _ = KeyStore(database).create("acme", "", ["read"])
    assert admin.allows("batch")
    assert reader.allows("read")
    assert not reader.allows("batch")


def test_a_bucket_fills_by_the_minute() -> None:
    now = [0.0]
    bucket = Bucket(60.0, 10.0, lambda: now[0])
    bucket.take(10.0)
    with pytest.raises(RateLimitedError) as refused:
        bucket.take(4.0)
    assert refused.value.retry_after == 4  # 4 units at 1 a second
    now[0] = 4.0
    bucket.take(4.0)
    assert dict(bucket.headers())[b"ratelimit"] == b'"units";r=0;t=10'


def test_what_costs_more_than_a_bucket_passes_a_full_one_and_leaves_a_debt() -> None:
    now = [0.0]
    bucket = Bucket(60.0, 10.0, lambda: now[0])
    bucket.take(70.0)
    with pytest.raises(RateLimitedError) as refused:
        bucket.take(1.0)
    assert refused.value.retry_after == 61  # a debt of 60 and 1 more, 1 unit a second
    now[0] = 61.0
    bucket.take(1.0)


def test_what_the_route_itself_costs_keeps_no_large_request_out() -> None:
    bucket = Bucket(60.0, 10.0, lambda: 0.0)
    bucket.take(1.0)  # the route's own
    meter(bucket, 1.0)
    try:
        spend(69.0)
        with pytest.raises(RateLimitedError) as refused:
            spend(1.0)
    finally:
        meter(None, 0.0)
    assert refused.value.retry_after == 61


def test_a_route_that_nobody_listed_is_closed() -> None:
    assert rule_of("POST", "/v1/brand-new") is UNLISTED
    assert rule_of("PUT", "/v1/batches/x") is UNLISTED
    assert rule_of("GET", "/v1/batches/x").scope == "batch"
    assert rule_of("HEAD", "/v1/processes").scope == "read"
    assert all(rule.scope is not None for (_, path), rule in RULES.items() if path.startswith("/v1/"))


def test_threads_work_for_the_tenant_of_whoever_asks() -> None:
    with acting_for("acme"):
        assert side_by_side(lambda _: tenant_in_use(), range(4)) == ["acme"] * 4
    assert tenant_in_use() == "default"


def test_batches_and_idempotency_keys_belong_to_tenants(database: Database) -> None:
    row = Row(1, "a", None, None, None, {"detail": "x", "errors": []})
    ours, theirs = Store(database, "ours"), Store(database, "theirs")
    first, is_new = ours.create(NewBatch({}, [], [row], "d", "k"))
    other, other_is_new = theirs.create(NewBatch({}, [], [row], "another", "k"))
    assert is_new
    assert other_is_new
    assert [batch.id for batch in ours.list(9)] == [first.id]
    for refused in (theirs.get, theirs.dismiss):
        with pytest.raises(KeyError):
            refused(first.id)
    with pytest.raises(KeyReusedError):
        ours.create(NewBatch({}, [], [row], "another", "k"))
    assert {batch.id for batch in Store(database, None).list(9)} == {first.id, other.id}
