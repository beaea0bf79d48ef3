"""The software bill of materials of what runs, CycloneDX: `python deploy/sbom.py OUT`. Development tools are left out.

cyclonedx-py describes the whole environment; what `requirements.lock` pins for this machine stays, and is validated
against the schema of CycloneDX 1.6 again.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
VERSION = SchemaVersion.V1_6


def pinned() -> dict[str, str]:
    """Versions by normalised name that the lock pins for this interpreter."""
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    wanted = [Requirement(line) for line in lines if line]
    here = [one for one in wanted if one.marker is None or one.marker.evaluate()]
    return {normal(one.name): str(one.specifier).removeprefix("==") for one in here}


def normal(name: str) -> str:
    """A name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def bill() -> dict[str, Any]:
    """The bill as JSON. Raises ValueError where it is not valid, or a pinned package is not installed as pinned."""
    command = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment", sys.executable]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--spec-version", "1.6"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    wanted = pinned()
    kept = [part for part in found["components"] if wanted.get(normal(part["name"])) == part["version"]]
    if missing := wanted.keys() - {normal(part["name"]) for part in kept}:
        raise ValueError(f"not installed as pinned: {', '.join(sorted(missing))}")
    known = {part["bom-ref"] for part in kept} | {found["metadata"]["component"]["bom-ref"]}
    found["components"] = kept
    found["dependencies"] = [
        item | {"dependsOn": [one for one in item.get("dependsOn", []) if one in known]}
        for item in found["dependencies"]
        if item["ref"] in known
    ]
    if error := JsonStrictValidator(VERSION).validate_str(json.dumps(found)):
        raise ValueError(str(error))
    return found


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    made = bill()
    out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{out}: {len(made['components'])} components")
