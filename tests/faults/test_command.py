"""`sitewatt batch` is killed on the way: the same command goes on, and its file has every site once."""

import csv
import functools
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from service.jobs.database import Database
from service.jobs.store import Store
from tests.faults.harness import DEFAULTS, SITEWATT, sites

pytestmark = pytest.mark.slow
COUNT = 30
MANY = 600  # are not done before the signal comes, however quick the machine


def command(folder: Path, *more: str, count: int = COUNT) -> list[str]:
    with (folder / "sites.csv").open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["id", "lat", "lon"])
        for place in sites(count):
            longitude, latitude = place["location"]["coordinates"]
            lines.writerow([place["site_id"], latitude, longitude])
    (folder / "defaults.json").write_text(json.dumps(DEFAULTS))
    out = str(folder / "out.jsonl")
    return [
        str(SITEWATT),
        "batch",
        str(folder / "sites.csv"),
        "--out",
        out,
        "--defaults",
        str(folder / "defaults.json"),
        *more,
    ]


def test_killed_and_run_again(tmp_path: Path, undisturbed: list[dict[str, Any]]) -> None:
    words = command(tmp_path, "--workers", "1")
    environment = os.environ | {"SITEWATT_BATCH_CHUNK_SITES": "2"}
    state = tmp_path / "out.jsonl.part"
    first = subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL)
    while not state.exists() or _done(state) < 4:
        assert first.poll() is None
        time.sleep(0.2)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert 4 <= _done(state) < COUNT
    assert not (tmp_path / "out.jsonl").exists()
    again = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["rank"] for row in rows] == list(range(1, COUNT + 1))
    by_number = sorted(({**row, "rank": None} for row in rows), key=lambda row: row["number"])
    assert by_number == [{**row, "rank": None} for row in undisturbed[:COUNT]]
    assert not list(tmp_path.glob("out.jsonl.part*"))


def test_interrupted_at_the_terminal(tmp_path: Path) -> None:
    words = command(tmp_path, "--workers", "2", count=MANY)
    environment = os.environ | {"SITEWATT_BATCH_CHUNK_SITES": "2"}
    state = tmp_path / "out.jsonl.part"
    # tests started in the background have SIGINT ignored, and what they start would inherit that
    heard = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    first = subprocess.Popen(
        words, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heard
    )
    while not state.exists() or _done(state) < 4:
        assert first.poll() is None
        time.sleep(0.2)
    os.killpg(first.pid, signal.SIGINT)  # as Ctrl-C: its workers too
    said = first.communicate()[1]
    assert first.returncode == 130
    assert "stopped; the same command goes on" in said
    assert "of a batch failed" not in said


def _done(state: Path) -> int:
    database = Database(f"sqlite:///{state}")
    try:
        found = Store(database).list(1)
    except Exception:  # its tables are being made
        return 0
    finally:
        database.close()
    return found[0].done if found else 0


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    words = command(tmp_path)
    wrong = subprocess.run([*words[:-1], "missing.json"], capture_output=True, text=True, check=False)
    assert (wrong.returncode, "missing.json" in wrong.stderr) == (2, True)
    (tmp_path / "sites.csv").write_text("lat,lon\n91,0\n1,2\n")
    wrong = subprocess.run(words, capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "/rows/1/location/coordinates/1" in wrong.stderr
    words[words.index("--out") + 1] = str(tmp_path / "out.doc")
    assert subprocess.run(words, capture_output=True, check=False).returncode == 2
