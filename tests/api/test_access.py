"""A closed service: keys, scopes, two tenants over every route with an id, limits, a database that is away."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError
from starlette.routing import Mount

from service.access import verifying
from service.access.key_store import KeyStore
from service.access.routes import PUBLIC_MOUNTS, RULES, UNLISTED, rule_of
from service.app import create_app
from service.settings import Settings, Webhook
from service.supply.weather import settings_in_use, use
from tests.api.problems import pointers, problem
from tests.api.ready import wait_until_ready
from tests.api.requests import boden
from tests.made_files import epw, made_year

SITE = {"location": {"type": "Point", "coordinates": [21.69, 65.83]}}
BATCH = {"sites": [SITE], "defaults": {"process": {"id": "steel-scrap-eaf"}}}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    before = settings_in_use()
    hook = Webhook(url="https://receiver.example/hook", secret="whsec_" + "A" * 32, tenant="ours")  # type: ignore[arg-type]  # pydantic takes text
    settings = Settings(
        access="closed", data_folder=tmp_path_factory.mktemp("closed"), batch_workers=0, webhooks={"mine": hook}
    )
    with TestClient(create_app(settings), raise_server_exceptions=False) as started:
        wait_until_ready(started)
        yield started
    use(before)


def key(client: TestClient, tenant: str, *scopes: str, **more: Any) -> dict[str, str]:
    app: Any = client.app
    store = KeyStore(app.state.batching.office.database)
    return {"Authorization": f"Bearer {store.create(tenant, 'test', scopes, **more)[1]}"}


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path of every route, those of included routers too."""
    found = []
    waiting: list[Any] = list(app.routes)
    while waiting:
        route = waiting.pop()
        if hasattr(route, "original_router"):
            waiting += route.original_router.routes
        elif not isinstance(route, Mount):
            found += [(method, route.path) for method in route.methods]
    return found


def test_every_route_has_a_scope_or_is_listed_public(closed: TestClient) -> None:
    app: Any = closed.app
    table = routes(app)
    assert len(table) >= 30
    assert [route for route in table if rule_of(*route) is UNLISTED] == []
    assert {route.path for route in app.routes if isinstance(route, Mount)} <= set(PUBLIC_MOUNTS)
    public = {path for (_, path), rule in RULES.items() if rule.scope is None}
    assert not any(path.startswith("/v1") for path in public)


def test_every_route_with_a_scope_asks_for_a_key_and_for_its_scope(closed: TestClient) -> None:
    others = {"read": "assess"}
    keys = {scope: key(closed, "ours", scope) for scope in ("read", "assess")}
    for method, path in routes(closed.app):  # type: ignore[arg-type]  # it is a FastAPI
        scope = rule_of(method, path).scope
        if scope is None:
            continue
        refused = closed.request(method, path)
        assert problem(refused, 401)["errors"] == []
        assert refused.headers["www-authenticate"].startswith("Bearer")
        problem(closed.request(method, path, headers=keys[others.get(scope, "read")]), 403)


def test_public_paths_need_none(closed: TestClient) -> None:
    for path in ("/", "/embed", "/embed.js", "/web/js/main.js", "/healthz/live", "/healthz/ready", "/docs"):
        assert closed.get(path).status_code == 200, path


def test_both_headers_carry_a_key_and_a_wrong_one_is_refused(closed: TestClient) -> None:
    good = key(closed, "ours", "read")["Authorization"].removeprefix("Bearer ")
    assert closed.get("/v1/datasets", headers={"Authorization": f"Bearer {good}"}).status_code == 200
    assert closed.get("/v1/datasets", headers={"X-API-Key": good}).status_code == 200
    wrong = good[:-3] + ("AAA" if good[-3:] != "AAA" else "BBB")
    for sent in ({"X-API-Key": wrong}, {"Authorization": f"Basic {good}"}, {"X-API-Key": "é"}, {"X-API-Key": "'; --"}):
        headers = {name: value.encode("latin-1") for name, value in sent.items()}
        problem(closed.get("/v1/datasets", headers=headers), 401)
    problem(closed.get(f"/v1/datasets?key={good}"), 401)


def test_two_tenants_over_every_route_with_an_id(closed: TestClient) -> None:
    ours, theirs = (key(closed, tenant, "batch", "data", "read") for tenant in ("ours", "theirs"))
    made = closed.post("/v1/batches", json=BATCH, headers=ours)
    assert made.status_code == 202, made.text
    files = {"solar": ("year.epw", epw(made_year()), "text/plain")}
    uploaded = closed.post("/v1/weather", files=files, headers=ours)
    assert uploaded.status_code == 201, uploaded.text
    ids = {"batch_id": made.json()["batch_id"], "weather_id": uploaded.json()["weather_id"]}
    named = [(method, path) for method, path in routes(closed.app) if "_id}" in path and "process" not in path]  # type: ignore[arg-type]  # it is a FastAPI
    assert len(named) == 6
    assert {path.split("{")[1].split("}")[0] for _, path in named} == set(ids)
    for _, path in named:
        address = path.format(**ids)
        for method in ("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"):
            answer = closed.request(method, address, headers=theirs)
            assert answer.status_code in (404, 405, 403), (method, address)
            if (method, path) in named:
                assert answer.status_code == 404, (method, address)
                assert ids["batch_id"] not in answer.text
    assert closed.get("/v1/batches", headers=theirs).json()["batches"] == []
    assert closed.get("/v1/weather", headers=theirs).json() == {"weather": []}
    assert [batch["batch_id"] for batch in closed.get("/v1/batches", headers=ours).json()["batches"]] == [
        ids["batch_id"]
    ]
    assert closed.get(f"/v1/batches/{ids['batch_id']}", headers=ours).json()["status"] == "accepted"
    assert closed.get(f"/v1/weather/{ids['weather_id']}", headers=ours).status_code == 200


def test_an_upload_of_another_tenant_is_unknown_in_a_request(closed: TestClient) -> None:
    ours, theirs = (key(closed, tenant, "assess", "data") for tenant in ("ours", "theirs"))
    files = {"solar": ("year.epw", epw(made_year()), "text/plain")}
    weather_id = closed.post("/v1/weather", files=files, headers=ours).json()["weather_id"]
    body = {"site": SITE, "hourly": False, "weather": {"source": f"upload:{weather_id}"}}
    assert closed.post("/v1/profiles", json=body, headers=ours).status_code == 200
    assert pointers(problem(closed.post("/v1/profiles", json=body, headers=theirs), 422)) == {"/weather/source"}
    asked = boden() | {"weather": body["weather"]}
    assert pointers(problem(closed.post("/v1/assessments", json=asked, headers=theirs), 422)) == {"/weather/source"}


def test_idempotency_keys_and_receivers_belong_to_tenants(closed: TestClient) -> None:
    ours, theirs = (key(closed, tenant, "batch") for tenant in ("ours", "theirs"))
    once = {"Idempotency-Key": "the same"}
    made = [closed.post("/v1/batches", json=BATCH, headers=who | once).json()["batch_id"] for who in (ours, theirs)]
    assert made[0] != made[1]
    assert closed.post("/v1/batches", json=BATCH, headers=ours | once).json()["batch_id"] == made[0]
    told = BATCH | {"webhook": "mine"}
    assert closed.post("/v1/batches", json=told, headers=ours).status_code == 202
    assert pointers(problem(closed.post("/v1/batches", json=told, headers=theirs), 422)) == {"/webhook"}


def test_a_key_is_limited_by_what_it_asks_for(closed: TestClient) -> None:
    asking = key(closed, "ours", "read", "batch", units_per_minute=0.1)
    body = BATCH | {"sites": [SITE] * 2000}  # 200 units and 1 for the route: a full bucket of 200, which this is not
    first = closed.get("/v1/datasets", headers=asking)
    assert first.headers["ratelimit-policy"] == '"units";q=200;w=120000'
    assert first.headers["ratelimit"].startswith('"units";r=199;')
    refused = closed.post("/v1/batches", json=body, headers=asking)
    problem(refused, 429)
    assert int(refused.headers["retry-after"]) >= 30
    assert closed.get("/v1/datasets", headers=key(closed, "ours", "read")).status_code == 200


def test_a_batch_that_is_sent_again_is_paid_once(closed: TestClient) -> None:
    asking = key(closed, "ours", "batch", units_per_minute=0.001) | {"Idempotency-Key": "paid"}
    body = BATCH | {"sites": [SITE] * 100}
    first = closed.post("/v1/batches", json=body, headers=asking)
    assert first.headers["ratelimit"].startswith('"units";r=189;')  # of 200: 10 for the sites, 1 for the route
    again = closed.post("/v1/batches", json=body, headers=asking)
    assert (again.status_code, again.headers["location"]) == (202, first.headers["location"])
    assert again.headers["ratelimit"].startswith('"units";r=188;')
    reused = closed.post("/v1/batches", json=BATCH, headers=asking)
    assert problem(reused, 422)["type"].endswith("/key-reused")
    assert reused.headers["ratelimit"].startswith('"units";r=187;')


def test_a_key_for_pages_is_good_on_those_alone(closed: TestClient) -> None:
    shown = key(closed, "ours", "read", origins=["https://partner.example"])
    here = {"Origin": "https://partner.example"}
    assert closed.get("/v1/datasets", headers=shown | here).status_code == 200
    assert closed.get("/v1/datasets", headers=shown | {"Sec-Fetch-Site": "same-origin"}).status_code == 200
    ours = {"Sec-Fetch-Site": "same-origin", "Origin": "https://sitewatt.example"}  # as of a POST from our own page
    assert closed.get("/v1/datasets", headers=shown | ours).status_code == 200
    other = {"Sec-Fetch-Site": "cross-site", "Origin": "https://other.example"}
    problem(closed.get("/v1/datasets", headers=shown | other), 403)
    problem(closed.get("/v1/datasets", headers=shown | {"Origin": "https://other.example"}), 403)
    problem(closed.get("/v1/datasets", headers=shown), 403)


def test_a_revoked_key_is_good_for_the_seconds_of_the_cache_alone(
    closed: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = key(closed, "ours", "read")
    assert closed.get("/v1/datasets", headers=ended).status_code == 200
    app: Any = closed.app
    KeyStore(app.state.batching.office.database).revoke(ended["Authorization"].split("_")[1])
    monkeypatch.setattr(verifying.time, "monotonic", lambda clock=verifying.time.monotonic: clock() + 6.0)
    problem(closed.get("/v1/datasets", headers=ended), 401)


def test_a_stream_of_events_ends_with_its_key(closed: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "CACHE_SECONDS", 0.0)
    ended, other = key(closed, "ours", "batch"), key(closed, "ours", "batch")
    made = closed.post("/v1/batches", json=BATCH, headers=ended).json()["batch_id"]  # nobody works on it
    heard: list[str] = []

    def listen() -> None:
        heard.append(closed.get(f"/v1/batches/{made}/events", headers=ended).text)

    listener = Thread(target=listen, daemon=True)
    listener.start()
    listener.join(timeout=2.5)
    assert listener.is_alive()
    app: Any = closed.app
    KeyStore(app.state.batching.office.database).revoke(ended["Authorization"].split("_")[1])
    listener.join(timeout=20.0)
    closed.delete(f"/v1/batches/{made}", headers=other)  # which would end it, too
    listener.join()
    assert "event: progress" in heard[0]
    assert "event: end" not in heard[0]


def test_a_database_that_is_away_is_503_for_keys_not_seen_a_moment_ago(
    closed: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, unseen = (key(closed, "ours", "read") for _ in range(2))
    assert closed.get("/v1/datasets", headers=known).status_code == 200

    def away(*_: Any) -> None:
        raise OperationalError("SELECT", {}, OSError("away"))

    monkeypatch.setattr(KeyStore, "find", away)
    assert closed.get("/v1/datasets", headers=known).status_code == 200
    answer = closed.get("/v1/datasets", headers=unseen)
    problem(answer, 503)
    assert answer.headers["retry-after"] == "10"


def test_a_refused_caller_sends_no_body(closed: TestClient) -> None:
    sent = []

    def endless() -> Iterator[bytes]:
        for _ in range(3):
            sent.append(1)
            yield b"x"

    problem(closed.post("/v1/batches", content=endless(), headers={"content-type": "application/json"}), 401)


def test_the_description_says_which_scope_a_route_needs(closed: TestClient, client: TestClient) -> None:
    described = closed.get("/openapi.json").json()
    assess = described["paths"]["/v1/assessments"]["post"]
    assert assess["security"] == [{"bearer": ["assess"]}, {"key": ["assess"]}]
    assert {"401", "403", "429"} <= set(assess["responses"])
    assert "401" not in described["paths"]["/healthz/live"]["get"]["responses"]
    open_one = client.get("/openapi.json").json()["paths"]["/v1/assessments"]["post"]
    assert open_one["security"][0] == {}


def test_an_open_service_needs_no_key_and_has_no_limit(client: TestClient) -> None:
    answer = client.get("/v1/datasets")
    assert answer.status_code == 200
    assert "ratelimit" not in answer.headers


def test_keys_are_made_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from service.commands.cli import app
    from service.settings import environment_settings

    monkeypatch.setenv("SITEWATT_DATA_FOLDER", str(tmp_path))
    environment_settings.cache_clear()
    run = CliRunner()
    made = run.invoke(app, ["keys", "create", "--tenant", "acme", "--scope", "batch"])
    assert made.exit_code == 0, made.output
    text = made.stdout.strip().splitlines()[-1]
    prefix = text.split("_")[1]
    listed = run.invoke(app, ["keys", "list"]).stdout
    assert prefix in listed
    assert text.removeprefix(f"sw_{prefix}_") not in listed
    assert run.invoke(app, ["keys", "rotate", prefix]).stdout.strip().splitlines()[-1].startswith(f"sw_{prefix}_")
    assert run.invoke(app, ["keys", "revoke", prefix]).exit_code == 0
    assert run.invoke(app, ["keys", "revoke", prefix]).exit_code == 2
    assert run.invoke(app, ["keys", "create", "--tenant", "Ac/me"]).exit_code == 2
    assert json.dumps(run.invoke(app, ["keys", "create", "--tenant", "a", "--scope", "x"]).exit_code) == "2"
    environment_settings.cache_clear()
