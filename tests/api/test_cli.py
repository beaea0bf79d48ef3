"""The command `sitewatt`, as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SITEWATT = Path(sys.executable).with_name("sitewatt")
REQUEST = {
    "site": {"location": {"type": "Point", "coordinates": [6.73, 51.48]}},
    "process": {"id": "custom", "load_mw": 1.0},
    "supply": {"technologies": ["wind_onshore", "battery"], "clean_share": 0.5},
    "options": {"solver": "highs"},
}


def run(*arguments: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SITEWATT, *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


@pytest.mark.slow
def test_assess_reads_a_file_or_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(REQUEST))
    from_file, from_stdin = run("assess", str(file)), run("assess", "-", "--compact", text=json.dumps(REQUEST))
    assert from_file.returncode == from_stdin.returncode == 0, from_file.stderr
    answers = [json.loads(done.stdout) for done in (from_file, from_stdin)]
    assert answers[0]["assessment_id"] == answers[1]["assessment_id"]
    assert answers[0]["solution"]["solver"] == "highs"
    assert from_stdin.stdout.count("\n") == 1


def test_wrong_fields_are_named_on_standard_error() -> None:
    wrong = json.dumps({"site": {"location": {"type": "Point", "coordinates": [200, 0]}}, "process": {"id": "x"}})
    done = run("assess", "-", text=wrong)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "/site/location/coordinates/0" in done.stderr
    assert "/process/id" in done.stderr


def test_a_setting_that_is_none_is_named() -> None:
    done = run("serve", SITEWATT_PORT="many")
    assert done.returncode == 2
    assert done.stderr.startswith("SITEWATT_PORT: ")


@pytest.mark.parametrize("text", ["{", "[[[[", ""])
def test_what_is_not_json_is_refused(text: str) -> None:
    done = run("assess", "-", text=text)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    done = run("assess", str(tmp_path / "nothing.json"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_openapi_is_what_is_committed() -> None:
    done = run("openapi")
    assert done.stdout == (Path(__file__).parents[2] / "openapi.yaml").read_text("utf-8")
