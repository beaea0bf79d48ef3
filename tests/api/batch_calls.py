"""Sites, a service and the calls that the tests of batches share."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from geodata import user_data
from service.app import create_app
from service.settings import Settings
from service.supply.weather import settings_in_use, use

URL = "/v1/batches"
DEFAULTS = {
    "process": {"id": "custom", "load_mw": 10.0},
    "supply": {"technologies": ["pv_tracking", "wind_onshore", "battery"], "clean_share": 0.8, "radius_km": 0},
}
STEEL = {"process": {"id": "steel-h2-dri-eaf"}}
SQUARE = {"type": "Polygon", "coordinates": [[[13.0, 53.0], [14.0, 53.0], [14.0, 53.5], [13.0, 53.5], [13.0, 53.0]]]}
DELIVERED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def site(site_id: str, longitude: float, latitude: float, **more: Any) -> dict[str, Any]:
    return {"site_id": site_id, "location": {"type": "Point", "coordinates": [longitude, latitude]}, **more}


SITES = [
    site("=cmd()", 21.69, 65.83),
    site("duisburg", 6.73, 51.48, process={"load_mw": 20.0}, name="Duisburg"),
    site("no wind at sea", 10.0, 50.0, supply={"technologies": ["wind_offshore", "battery"]}),
    {"site_id": "area", "location": SQUARE, "supply": {"clean_share": 0.5}},
    site("whyalla", 137.55, -33.04, weather={"years": [2011]}),
]


def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service with a small limit of sites and one worker."""
    before = settings_in_use()
    settings = Settings(
        data_folder=tmp_path_factory.mktemp("batches"),
        data_dir=user_data.data_dir(),
        batch_workers=1,
        batch_chunk_sites=2,
        max_batch_sites=100_000,
        max_batch_bytes=200_000,
        webhooks={"mine": {"url": "https://receiver.invalid/hook", "secret": DELIVERED}},
    )
    with TestClient(create_app(settings), raise_server_exceptions=False) as started:
        while started.get("/healthz/ready").status_code != 200:
            time.sleep(0.05)
        yield started
    use(before)


def post(client: TestClient, status: int = 202, headers: dict[str, str] | None = None, **body: Any) -> Any:
    answer = client.post(URL, json={"defaults": DEFAULTS, **body}, headers=headers)
    assert answer.status_code == status, answer.text
    return answer


def upload(client: TestClient, content: bytes, status: int = 202, **fields: Any) -> Any:
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
    form.setdefault("defaults", json.dumps(STEEL))
    answer = client.post(URL, files={"file": ("sites", content)}, data=form)
    assert answer.status_code == status, answer.text
    return answer


def pointers(answer: Any) -> list[str]:
    return [error["pointer"] for error in answer.json()["errors"]]


def rows_of(client: TestClient, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(f"{path}/results", params=query)
    assert answer.headers["content-type"] == "application/jsonl"
    return [json.loads(line) for line in answer.text.splitlines()]
