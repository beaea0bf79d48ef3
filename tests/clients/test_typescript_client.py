"""The TypeScript client is generated from openapi.yaml, compiled by `tsc --strict`, and calls the real service."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.clients.checks import check_happy, check_refused, check_streams
from tests.clients.conftest import ROOT, SITES, done, told
from tests.clients.cutting import cutting
from tests.faults.harness import Service, sites

WRITTEN = ROOT / "clients" / "typescript"
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
NODE = shutil.which("node", path=PATH)
MODULES = WRITTEN / "node_modules"
pytestmark = [
    # Node.js and its packages take 200 MB, which `make test` does not ask for; `.ci/run` calls `make clients` first.
    pytest.mark.skipif(NODE is None or not MODULES.is_dir(), reason="no Node.js with its packages here: make clients"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the folder, generated and compiled there, as `make clients` does it."""
    folder = tmp_path_factory.mktemp("typescript") / "client"
    shutil.copytree(WRITTEN, folder, ignore=shutil.ignore_patterns("node_modules", "dist", "generated"))
    (folder / "node_modules").symlink_to(MODULES)
    environment = os.environ | {"PATH": PATH, "SITEWATT_OPENAPI": str(ROOT / "openapi.yaml")}
    built = done(["npm", "run", "build"], cwd=folder, env=environment)
    assert "warn" not in built.stdout.lower()
    return folder


def call(client: Path, *arguments: str) -> object:
    return told([str(NODE), client / "dist" / "test" / "calls.js", *arguments])


def test_an_assessment(client: Path, running: Service) -> None:
    check_happy(call(client, "happy", f"http://127.0.0.1:{running.port}"))


def test_a_wrong_request(client: Path, running: Service) -> None:
    check_refused(call(client, "refused", f"http://127.0.0.1:{running.port}"))


def test_streams_that_break_off(client: Path, running: Service) -> None:
    batch_id = running.post(sites(SITES)).rpartition("/")[2]
    with cutting(running.port, after=(100, 1_000, 1_800, 2_600, 3_400)) as way:
        check_streams(call(client, "streams", way.address, batch_id), way)
