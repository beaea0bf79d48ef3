"""What README, quick start and how-tos tell a reader to type is typed here, and does what they say."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT, Block, blocks, differences
from tests.running import running_service

PAGES = [
    "README.md",
    "docs/quickstart.md",
    *sorted(f"docs/howto/{path.name}" for path in (ROOT / "docs/howto").iterdir()),
]
SHOWN_ADDRESS = "http://127.0.0.1:8000"
TYPED_WITHIN_S = 600  # against a command that hangs, on however busy a machine
# curl is a program of the system, which `make test` may not install; `.ci/run` does.
pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Its address and its data folder, which the commands share as on a reader's machine."""
    folder = tmp_path_factory.mktemp("docs")
    with running_service(folder, batch_workers="1") as address:
        yield address, folder


@pytest.mark.parametrize("page", PAGES)
def test_page(page: str, service: tuple[str, Path], tmp_path: Path) -> None:
    for block in blocks(page):
        if block.reason is None:
            said = _typed(block, service, tmp_path)
            wrong = differences(block.shown, said) if block.shown is not None else []
            assert not wrong, f"{page}, line {block.line}: {'; '.join(wrong)}"


def _typed(block: Block, service: tuple[str, Path], folder: Path) -> str:
    """Standard output. Files stay from block to block of a page; the commands are those of this environment."""
    address, data = service
    text = block.text.replace(SHOWN_ADDRESS, address)
    programme = Path(sys.executable).parent
    environment = os.environ | {
        "PATH": f"{programme}{os.pathsep}{os.environ['PATH']}",
        "NO_PROXY": "127.0.0.1",
        "SITEWATT_DATA_DIR": str(data / "own"),
        "SITEWATT_DATA_FOLDER": str(data),
    }
    command = ["bash", "-euo", "pipefail", "-c", text] if block.kind == "sh" else [sys.executable, "-c", text]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TYPED_WITHIN_S)
    assert done.returncode == 0, f"{block.page}, line {block.line}: {done.stderr or done.stdout}"
    return done.stdout
