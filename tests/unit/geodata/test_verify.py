"""`sitewatt data verify`: what ships is what was recorded, and what is not is named."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geodata import datasets as module
from geodata.datasets import MANIFEST, damaged, datasets
from service.commands.cli import app


def test_what_ships_is_as_recorded() -> None:
    assert damaged() == []
    assert len(datasets()) == len(json.loads(MANIFEST.read_text("utf-8"))["datasets"])


def test_every_file_of_the_folder_is_recorded() -> None:
    assert {file.name for file in MANIFEST.parent.iterdir()} - {MANIFEST.name} == {one.file for one in datasets()}


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped folder, to be spoilt."""
    shutil.copytree(MANIFEST.parent, tmp_path / "data")
    monkeypatch.setattr(module, "MANIFEST", tmp_path / "data" / MANIFEST.name)
    return tmp_path / "data"


def test_damage_is_named(copy: Path) -> None:
    longer, other, gone = (copy / one.file for one in datasets()[:3])
    longer.write_bytes(longer.read_bytes() + b"x")
    flipped = bytearray(other.read_bytes())
    flipped[100] ^= 1
    other.write_bytes(flipped)
    gone.unlink()
    done = CliRunner().invoke(app, ["data", "verify"])
    assert done.exit_code == 1
    said = done.output.splitlines()
    assert [line.partition(" ")[0] for line in said] == [one.id for one in datasets()[:3]]
    assert "recorded are" in said[0]
    assert "SHA-256" in said[1]
    assert "cannot be read: FileNotFoundError" in said[2]


def test_the_command_says_what_it_looked_at() -> None:
    done = CliRunner().invoke(app, ["data", "verify"])
    assert done.exit_code == 0
    assert done.output.startswith(f"{len(datasets())} shipped tables")
