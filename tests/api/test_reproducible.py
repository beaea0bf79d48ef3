"""An answer can be computed again, bit for bit, from its own echo of the request and the versions it names."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.answer.version import MODEL_VERSION
from service.schemas.examples import examples

EXAMPLES = {name: example["value"] for name, example in examples().items()}


def without_timings(value: Any) -> Any:
    """The answer but for how long it took."""
    if isinstance(value, dict):
        return {name: without_timings(part) for name, part in value.items() if name != "solve_ms"}
    return [without_timings(part) for part in value] if isinstance(value, list) else value


def asked(client: TestClient, request: Any) -> dict[str, Any]:
    """An answer that was computed, not one that was kept."""
    client.app.state.results = type(client.app.state.results)(0)  # type: ignore[attr-defined]  # an application
    answer = client.post("/v1/assessments", json=request)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-status"] == "sitewatt; fwd=uri-miss"
    found: dict[str, Any] = without_timings(answer.json())
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_echo_brings_the_answer_again(client: TestClient, name: str) -> None:
    first = asked(client, EXAMPLES[name])
    assert first["request"] == EXAMPLES[name]
    assert asked(client, first["request"]) == first


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_filled_in_request_brings_the_same_figures(client: TestClient, name: str) -> None:
    """`input` states every default: what was a default is then given, and provenance says so; the figures are one."""
    first = asked(client, EXAMPLES[name])
    again = asked(client, first["input"])
    assert again["input"] == first["input"]
    assert again["assessment_id"] == first["assessment_id"]
    for section in ("capacity_factor", "generators", "storage", "grid"):
        assert again["supply"][section] == first["supply"][section]
    for figure in ("levelised_cost_of_clean_power_usd_per_mwh", "total_annual_cost_usd", "product_cost_usd_per_unit"):
        assert again["cost"][figure] == first["cost"][figure]


def test_another_process_computes_the_same_bits(client: TestClient, tmp_path: Path) -> None:
    name = next(iter(EXAMPLES))
    here = asked(client, EXAMPLES[name])
    file = tmp_path / "request.json"
    file.write_text(json.dumps(here["request"]))
    done = subprocess.run(
        [str(Path(sys.executable).with_name("sitewatt")), "assess", str(file)],
        env=os.environ | {"SITEWATT_DATA_DIR": str(tmp_path), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    there = without_timings(json.loads(done.stdout))
    assert (there["model_version"], there["data_version"]) == (MODEL_VERSION, here["data_version"])
    assert there == here
