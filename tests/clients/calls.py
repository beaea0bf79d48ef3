"""What the tests of the Python client run: `calls.py <what> <address> [<batch id>]`, JSON to standard output.

`mypy --strict` reads it against the generated client, as `tsc --strict` does with
its sibling in `clients/typescript/test`.
"""

import json
import sys
from io import BytesIO
from typing import Any

import httpx
from sitewatt_client import AuthenticatedClient
from sitewatt_client.api.assess import assess
from sitewatt_client.api.batches import create_batch
from sitewatt_client.api.weather import store_weather
from sitewatt_client.models import (
    Assessment,
    AssessmentRequest,
    BatchForm,
    BatchFormDefaults,
    BatchResult,
    NewBatchAnswer,
    Point,
    Problem,
    ProcessInput,
    Site,
    Supply,
    WeatherForm,
)
from sitewatt_client.types import File
from sitewatt_streams import follow, results, rows


def request(longitude: float, process: str) -> AssessmentRequest:
    return AssessmentRequest(
        site=Site(location=Point(type_="Point", coordinates=[longitude, 51.48])),
        process=ProcessInput(id=process, load_mw=10.0),
        supply=Supply(technologies=["pv_tracking", "wind_onshore", "battery"], clean_share=0.8),
    )


def happy(client: AuthenticatedClient) -> dict[str, Any]:
    answer = assess.sync(client=client, body=request(6.73, "custom"))
    assert isinstance(answer, Assessment)
    built: list[float] = [generator.capacity_mw for generator in answer.supply.generators]
    cost: float = answer.cost.levelised_cost_of_clean_power_usd_per_mwh
    return {"cost": cost, "built": built, "country": answer.place.country}


def refused(client: AuthenticatedClient) -> dict[str, Any]:
    response = assess.sync_detailed(client=client, body=request(200.0, "none"))
    problem = response.parsed
    assert isinstance(problem, Problem)
    pointers: list[str] = [wrong.pointer for wrong in problem.errors]
    return {"status": response.status_code, "title": problem.title, "pointers": pointers}


def files(client: AuthenticatedClient) -> dict[str, Any]:
    """A batch of two rows of CSV; a weather file that is none."""
    sites = File(payload=BytesIO(b"latitude,longitude\n51.48,6.73\n65.83,21.69\n"), file_name="sites.csv")
    defaults = BatchFormDefaults.from_dict({"process": {"id": "custom", "load_mw": 1.0}})
    taken = create_batch.sync(client=client, body=BatchForm(file=sites, defaults=defaults))
    assert isinstance(taken, NewBatchAnswer)
    weather = WeatherForm(solar=File(payload=BytesIO(b"no weather"), file_name="weather.csv"))
    refused = store_weather.sync(client=client, body=weather)
    assert isinstance(refused, Problem)
    return {"sites": taken.progress.total, "pointers": [wrong.pointer for wrong in refused.errors]}


def streams(client: AuthenticatedClient, batch_id: str) -> dict[str, Any]:
    http = client.get_httpx_client()
    seen = [{"done": one["progress"]["done"], "status": one["status"]} for one in follow(http, batch_id)]
    numbers: list[int] = [BatchResult.from_dict(row).number for row in results(http, batch_id)]
    return {"seen": seen, "numbers": numbers, "sites": [row["site_id"] for row in rows(http, batch_id)]}


def main(what: str, address: str, batch_id: str = "") -> dict[str, Any]:
    with AuthenticatedClient(base_url=address, token="none", timeout=httpx.Timeout(120.0)) as client:
        if what == "streams":
            return streams(client, batch_id)
        return {"happy": happy, "refused": refused, "files": files}[what](client)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
