"""The example notebook from its first cell to its last, against the real service."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests.clients.conftest import ROOT, done
from tests.faults.harness import Service

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.slow
def test_the_example_runs_to_its_end(running: Service, tmp_path: Path) -> None:
    environment = os.environ | {
        "SITEWATT_URL": f"http://127.0.0.1:{running.port}",
        "SITEWATT_OUT": str(tmp_path),
        "SITEWATT_SPACING_KM": "150",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": str(tmp_path / "matplotlib"),
    }
    told = done([sys.executable, ROOT / "examples" / "compare_and_map.py"], cwd=tmp_path, env=environment).stdout
    assert re.search(r"^clean power: \d+\.\d USD/MWh", told, re.MULTILINE)
    assert len(re.findall(r"^ \d  .* USD/MWh$", told, re.MULTILINE)) == 6
    places = json.loads((tmp_path / "sites.geojson").read_text())["features"]
    assert len(places) >= 4
    assert {place["properties"]["status"] for place in places} == {"ok"}
    assert (tmp_path / "sites.png").read_bytes().startswith(PNG)
