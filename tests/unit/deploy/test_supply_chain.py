"""What is shipped is listed, valid by its schema, and complete; an advisory about any of it fails the audit."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.served import Play, served

ROOT = Path(__file__).parents[3]
ADVISORY = {
    "id": "TEST-2026-1",
    "summary": "made for this test",
    "details": "made for this test",
    "aliases": [],
    "published": "2026-01-01T00:00:00Z",
    "modified": "2026-01-01T00:00:00Z",
    "affected": [{"package": {"name": "pyyaml", "ecosystem": "PyPI"}, "versions": ["6.0.3"]}],
}


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "deploy" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_bill_of_materials(sbom: ModuleType) -> None:
    """`bill` raises where the schema is not met; here, that it lists the lock and nothing else, and the licences."""
    found = sbom.bill()
    assert found["bomFormat"] == "CycloneDX"
    assert {sbom.normal(part["name"]): part["version"] for part in found["components"]} == sbom.pinned()
    root = found["metadata"]["component"]
    assert root["name"] == "sitewatt"
    direct = next(item["dependsOn"] for item in found["dependencies"] if item["ref"] == root["bom-ref"])
    assert any(ref.startswith("fastapi==") for ref in direct)
    assert not any(ref.startswith("pytest") for ref in direct)


@pytest.mark.parametrize(("answer", "status"), [({}, 0), ({"vulns": [ADVISORY]}, 1)])
def test_audit(tmp_path: Path, answer: dict[str, object], status: int) -> None:
    """The command of `make audit` against a source of advisories on this machine."""
    (tmp_path / "lock").write_text("pyyaml==6.0.3\n")
    with served({"*": [Play(json.dumps(answer).encode())]}) as stage:
        done = subprocess.run(
            [
                *(str(Path(sys.executable).with_name("pip-audit")), "-r", str(tmp_path / "lock")),
                *("--no-deps", "--disable-pip", "--progress-spinner", "off", "-s", "osv", "--osv-url", stage.url + "/"),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert stage.asked == ["/"]
    assert done.returncode == status, done.stderr
    assert ("TEST-2026-1" in done.stdout) is bool(status)


def test_an_audit_that_did_not_happen_says_so() -> None:
    done = subprocess.run(
        ["make", "-s", "-C", str(ROOT), "-o", ".venv/dev.stamp", "audit", "SITEWATT_ADVISORIES="],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.startswith("NOT AUDITED")
