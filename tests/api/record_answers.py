"""Rewrite the example answers of the API's description from real ones: `python -m tests.api.record_answers`.

Lists are cut to their first entries, so that the description stays readable.
"""

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.testclient import TestClient

from service.app import create_app
from service.schemas.examples import ANSWERS
from service.settings import Settings
from tests.api.ready import wait_until_ready
from tests.made_files import made_year, sam_csv

LONGEST = 2
BODEN = {"latitude": 65.83, "longitude": 21.69}
SITE = {"name": "Boden", "location": {"type": "Point", "coordinates": [21.69, 65.83]}}
STEEL = {"id": "steel-h2-dri-eaf", "capacity_t_per_year": 2_500_000}
PROFILE = [0.2, 0.5, 0.7, 0.3] * 2190
GETS: dict[str, tuple[str, dict[str, Any]]] = {
    "nearest_grid": ("/v1/grid/nearest", BODEN | {"required_mw": 400}),
    "list_projects": ("/v1/projects", BODEN | {"sector": "steel", "limit": 2}),
    "list_processes": ("/v1/processes", {}),
    "get_process": ("/v1/processes/steel-h2-dri-eaf", {}),
    "list_technologies": ("/v1/technologies", {}),
    "list_prices": ("/v1/prices", {}),
    "list_datasets": ("/v1/datasets", {}),
    "live": ("/healthz/live", {}),
    "ready": ("/healthz/ready", {}),
}
POSTS: dict[str, tuple[str, dict[str, Any]]] = {
    "assess": ("/v1/assessments", {"site": SITE, "process": STEEL}),
    "compare": (
        "/v1/comparisons",
        {"base": {"site": SITE, "process": STEEL}, "processes": [STEEL, {"id": "steel-scrap-eaf"}]},
    ),
    "profiles": ("/v1/profiles", {"site": SITE, "hourly": False}),
    "size": (
        "/v1/sizing",
        {
            "load_mw": 100.0,
            "generators": [{"name": "wind", "capacity_factor": PROFILE, "annual_cost_usd_per_mw": 120_000.0}],
            "battery": {"annual_cost_usd_per_mwh": 12_000.0, "annual_cost_usd_per_mw": 25_000.0},
        },
    ),
}


def shortened(value: Any) -> Any:
    """The value with the first entries of each list."""
    if isinstance(value, dict):
        return {key: shortened(part) for key, part in value.items()}
    return [shortened(part) for part in value[:LONGEST]] if isinstance(value, list) else value


def recorded(client: TestClient) -> dict[str, Any]:
    """An answer of every operation that gives JSON."""
    found = {name: client.get(path, params=params) for name, (path, params) in GETS.items()}
    found |= {name: client.post(path, json=body) for name, (path, body) in POSTS.items()}
    batch = {"sites": [SITE | {"site_id": "boden"}], "defaults": {"process": STEEL}}
    found["create_batch"] = client.post("/v1/batches", json=batch)
    here = f"/v1/batches/{found['create_batch'].json()['batch_id']}"
    while client.get(here).json()["status"] in ("accepted", "running"):
        time.sleep(0.5)
    found |= {"get_batch": client.get(here), "list_batches": client.get("/v1/batches")}
    rows = client.get(f"{here}/results", params={"f": "jsonl"})
    found["dismiss_batch"] = client.delete(here)
    found["store_weather"] = client.post("/v1/weather", files={"solar": ("solar.csv", sam_csv(made_year()))})
    found["list_weather"] = client.get("/v1/weather")
    for name, answer in found.items():
        answer.raise_for_status()
        found[name] = shortened(answer.json())
    found["get_weather"] = found["store_weather"]
    return found | {"get_batch_results": shortened(json.loads(rows.text.splitlines()[0]))}


def main() -> None:
    """Ask, and write."""
    with TemporaryDirectory() as folder:
        own = Settings(data_folder=Path(folder), data_dir=Path(folder) / "own")  # no layers of the developer's
        with TestClient(create_app(own)) as client:
            _write(client)


def _write(client: TestClient) -> None:
    wait_until_ready(client)
    ANSWERS.mkdir(exist_ok=True)
    for name, answer in recorded(client).items():
        text = json.dumps(answer, indent=1, ensure_ascii=False)
        (ANSWERS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
