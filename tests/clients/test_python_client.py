"""The Python client is generated from openapi.yaml without a warning, checked by mypy, and calls the real service."""

import os
import sys
from pathlib import Path

import httpx
import pytest

from tests.clients.checks import check_happy, check_refused, check_streams
from tests.clients.conftest import ROOT, SITES, done, told
from tests.clients.cutting import cutting
from tests.faults.harness import Service, free_port, sites

BIN = Path(sys.executable).parent
CALLS = Path(__file__).with_name("calls.py")
WRITTEN = ROOT / "clients" / "python"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated package, as `make clients` writes it."""
    folder = tmp_path_factory.mktemp("python")
    generate = [BIN / "openapi-python-client", "generate", "--path", ROOT / "openapi.yaml", "--meta", "none"]
    generate += ["--config", WRITTEN / "generator.yaml", "--output-path", folder / "sitewatt_client"]
    ended = done([*generate, "--fail-on-warning"])
    assert "warning" not in (ended.stdout + ended.stderr).lower()
    return folder


def call(client: Path, *arguments: str) -> object:
    path = os.pathsep.join([str(client), str(WRITTEN)])
    return told([sys.executable, CALLS, *arguments], env=os.environ | {"PYTHONPATH": path})


@pytest.mark.slow
def test_its_types_fit_the_calls(client: Path) -> None:
    path = os.pathsep.join([str(client), str(WRITTEN)])
    strict = [BIN / "mypy", "--strict", "--config-file=", "--follow-imports=silent", f"--cache-dir={client}/mypy"]
    done([*strict, CALLS, WRITTEN / "sitewatt_streams.py"], env=os.environ | {"MYPYPATH": path})


@pytest.mark.slow
def test_an_assessment(client: Path, running: Service) -> None:
    check_happy(call(client, "happy", f"http://127.0.0.1:{running.port}"))


@pytest.mark.slow
def test_a_wrong_request(client: Path, running: Service) -> None:
    check_refused(call(client, "refused", f"http://127.0.0.1:{running.port}"))


@pytest.mark.slow
def test_files(client: Path, running: Service) -> None:
    assert call(client, "files", f"http://127.0.0.1:{running.port}") == {"sites": 2, "pointers": ["/solar"]}


@pytest.mark.slow
def test_streams_that_break_off(client: Path, running: Service) -> None:
    batch_id = running.post(sites(SITES)).rpartition("/")[2]
    with cutting(running.port, after=(100, 1_000, 1_800, 2_600, 3_400)) as way:
        check_streams(call(client, "streams", way.address, batch_id), way)


@pytest.mark.slow
def test_what_cannot_be_taken_up_again(running: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(WRITTEN)
    import sitewatt_streams as streams  # the folder is on the path only now

    with httpx.Client(base_url=f"http://127.0.0.1:{running.port}") as http:
        for refused in (streams.follow, streams.results):
            with pytest.raises(httpx.HTTPStatusError, match="404"):
                list(refused(http, "none"))
    with (
        httpx.Client(base_url=f"http://127.0.0.1:{free_port()}") as nobody,
        pytest.raises(streams.StreamError, match="1 attempts in vain"),
    ):
        list(streams.follow(nobody, "none", attempts=1))
