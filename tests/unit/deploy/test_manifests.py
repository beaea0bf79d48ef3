"""What is deployed is what the schemas of Compose and Kubernetes allow, and names settings that there are."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from service.settings import Settings

DEPLOY = Path(__file__).parents[3] / "deploy"
MANIFESTS = sorted(DEPLOY.glob("kubernetes/*.yaml"))
PROGRAMS = Path(sys.executable).parent
VERSION = "1.33"


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_compose() -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")
    _run(str(PROGRAMS / "check-jsonschema"), *schema, str(DEPLOY / "compose.yaml"))


@pytest.mark.parametrize(
    "file", [file for file in MANIFESTS if file.stem != "kustomization"], ids=lambda file: file.stem
)
def test_kubernetes(file: Path) -> None:
    _run(str(PROGRAMS / "kubernetes-validate"), "--strict", "-k", VERSION, str(file))


def test_kustomization_names_every_manifest() -> None:
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())["resources"]
    assert sorted([*listed, "kustomization.yaml"]) == [file.name for file in MANIFESTS]


def test_yaml_style() -> None:
    _run(str(PROGRAMS / "yamllint"), "-s", str(DEPLOY))


def test_settings_are_known() -> None:
    text = "".join(file.read_text() for file in [DEPLOY / "compose.yaml", *MANIFESTS])
    named = set(re.findall(r"SITEWATT_([A-Z_]+)", text))
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_workers_of_the_cluster_see_what_the_service_stores() -> None:
    """Own layers and uploads are mounted in both, at folders that the image makes for the user it runs as."""
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    mounted = {name: {part.removesuffix(":ro") for part in composed[name]["volumes"]} for name in ("service", "worker")}
    assert mounted["service"] == mounted["worker"] == {"own-data:/data", "uploads:/var/lib/sitewatt/weather"}
    image = (DEPLOY.parent / "Dockerfile").read_text().splitlines()
    made = next(line for line in image if "install -d -o 10001" in line)
    assert {path.partition(":")[2] for path in mounted["service"]} <= set(made.split())
