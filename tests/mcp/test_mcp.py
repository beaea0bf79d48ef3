"""The five tools over the Model Context Protocol: the SDK's own client, the command as a process of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, MCPError, StdioServerParameters

from models.demand.catalogue import catalogue
from service.schemas.assessment import AssessmentRequest
from service.schemas.grid import GridLookup
from service.uses.assess import assess
from service.uses.nearest import nearest_grid
from tests.faults.harness import free_port

pytestmark = pytest.mark.slow
SITEWATT = Path(sys.executable).with_name("sitewatt")
DUISBURG = {"location": {"type": "Point", "coordinates": [6.73, 51.48]}}
SUPPLY = {"technologies": ["pv_tracking", "wind_onshore", "battery"], "clean_share": 0.8}
REQUEST = {"site": DUISBURG, "process": {"id": "aluminium"}, "supply": SUPPLY}
MOST_CHARACTERS = 20_000


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """`ask(method, ...)` of a client of `sitewatt mcp` over standard input and output."""
    folder = tmp_path_factory.mktemp("mcp")
    environment = {"SITEWATT_DATA_FOLDER": str(folder), "SITEWATT_DATA_DIR": str(folder / "own")}
    command = StdioServerParameters(command=str(SITEWATT), args=["mcp"], env=environment)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(command)) as client:
        yield lambda method, *arguments: portal.call(getattr(client, method), *arguments)


def answer(ask: Any, name: str, **arguments: Any) -> Any:
    """The JSON of an answer that is none of a problem, and short."""
    result = ask("call_tool", name, arguments)
    assert not result.is_error, result.content
    (content,) = result.content
    assert arguments.get("full") or len(content.text) < MOST_CHARACTERS
    return json.loads(content.text)


def problem(ask: Any, name: str, **arguments: Any) -> Any:
    result = ask("call_tool", name, arguments)
    assert result.is_error
    return json.loads(result.content[0].text)


def test_five_tools_with_units_and_the_schemas_of_the_api(ask: Any) -> None:
    tools = {tool.name: tool for tool in ask("list_tools").tools}
    assert set(tools) == {"assess", "compare", "profile", "nearest_grid", "processes"}
    for tool in tools.values():
        assert "USD of 2025" in tool.description
        assert "full" in tool.input_schema["properties"]
    told = tools["assess"].input_schema
    assert set(told["properties"]) == {*AssessmentRequest.model_fields, "full"}
    assert told["required"] == ["site", "process"]
    assert "wacc" in told["properties"]["finance"]["description"]
    (whole,) = ask("read_resource", "sitewatt://schemas/assess").contents
    assert json.loads(whole.text) == AssessmentRequest.model_json_schema()


def test_assess_is_the_assessment_in_short(ask: Any) -> None:
    short = answer(ask, "assess", **REQUEST)
    whole = assess(AssessmentRequest.model_validate(REQUEST))
    assert short["assessment_id"] == whole.assessment_id
    cost = short["cost"]
    assert cost["levelised_cost_of_clean_power_usd_per_mwh"] == pytest.approx(
        whole.cost.levelised_cost_of_clean_power_usd_per_mwh, rel=1e-4
    )
    assert cost["low"] < cost["levelised_cost_of_clean_power_usd_per_mwh"] < cost["high"]
    assert [warning["code"] for warning in short["warnings"]] == [warning.code for warning in whole.warnings]
    assert set(short["sources"]["figures_by_source"]) <= {figure.source for figure in whole.provenance}
    full = answer(ask, "assess", **REQUEST, full=True)
    assert set(full) == set(type(whole).model_fields)


def test_compare_ranks_with_bands(ask: Any) -> None:
    base = {"site": DUISBURG, "supply": SUPPLY}
    found = answer(ask, "compare", base=base, processes=["aluminium", "chlor-alkali"])
    assert sorted(row["rank_by_cost"] for row in found["rows"]) == [1, 2]
    for row in found["rows"]:
        low, high = row["cost_band_usd_per_mwh"]
        assert low < row["figures"]["levelised_cost_of_clean_power_usd_per_mwh"] < high
    assert found["sources"]["figures_by_source"]


def test_profile_has_months_and_no_hours(ask: Any) -> None:
    found = answer(ask, "profile", site=DUISBURG)
    assert [one["technology"] for one in found["profiles"]] == ["pv_tracking", "wind_onshore"]
    for one in found["profiles"]:
        assert len(one["monthly"]) == 12
        assert one["p10"] <= one["p50"] <= one["p90"]
        assert "hourly" not in one


def test_nearest_grid_prices_a_connection(ask: Any) -> None:
    found = answer(ask, "nearest_grid", latitude=51.48, longitude=6.73, required_mw=100)
    whole = nearest_grid(GridLookup(latitude=51.48, longitude=6.73, required_mw=100))
    assert whole.connection is not None
    assert found["connection"]["cost_usd"] == pytest.approx(whole.connection.cost_usd, rel=1e-4)
    assert found["lines"][0]["source"] == whole.lines[0].source


def test_processes_all_and_one(ask: Any) -> None:
    assert [one["id"] for one in answer(ask, "processes")["processes"]] == list(catalogue())
    one = answer(ask, "processes", process_id="steel-h2-dri-eaf")
    assert one["product_unit"] == "t"
    assert "electrolysis" in [step["step"] for step in one["steps"]]


def test_every_wrong_field_is_named(ask: Any) -> None:
    site = {"location": {"type": "Point", "coordinates": [200, 0]}}
    told = problem(ask, "assess", site=site, process={"id": "none"}, wrong=1, full="yes")
    pointers = [error["pointer"] for error in told["errors"]]
    assert pointers == ["/full", "/site/location/coordinates/0", "/process/id", "/wrong"]
    assert problem(ask, "nearest_grid", latitude=91)["errors"][0]["pointer"] == "/latitude"
    assert "steel-h2-dri-eaf" in problem(ask, "processes", process_id="none")["detail"]
    with pytest.raises(MCPError, match="Known: assess"):
        ask("call_tool", "none", {})


def test_over_http(tmp_path: Path) -> None:
    port = free_port()
    environment = os.environ | {"SITEWATT_DATA_FOLDER": str(tmp_path), "SITEWATT_DATA_DIR": str(tmp_path / "own")}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen([SITEWATT, "mcp", "--http", "--port", str(port)], env=environment, stderr=log)
    try:
        until_it_listens(port, server)
        client = Client(f"http://127.0.0.1:{port}/mcp")
        with start_blocking_portal() as portal, portal.wrap_async_context_manager(client) as connected:
            found = portal.call(connected.call_tool, "processes", {"process_id": "aluminium"})
        assert json.loads(found.content[0].text)["id"] == "aluminium"
    finally:
        server.terminate()
        server.wait(30)


def until_it_listens(port: int, server: "subprocess.Popen[bytes]", tries: int = 600) -> None:
    for _ in range(tries):
        assert server.poll() is None, "the server ended"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise AssertionError("the server does not listen")


def test_no_tools_over_http_without_keys_where_keys_are_asked_for() -> None:
    words = [str(SITEWATT), "mcp", "--http", "--port", str(free_port())]
    environment = os.environ | {"SITEWATT_ACCESS": "closed"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith("SITEWATT_ACCESS: closed asks for keys, and the tools over HTTP ask for none")
    assert len(done.stderr.splitlines()) == 1
