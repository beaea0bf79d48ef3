"""Schemathesis against a service of its own: `python -m tests.abuse.contract --seconds 900`.

All checks of the tool, requests right and wrong by the schema, then walks along links. What computes for long is sent
wrong requests alone in the short run.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.harness import service

TOOL = Path(sys.executable).with_name("schemathesis")
CONFIG = Path(__file__).parents[2] / "schemathesis.toml"
LONG = ("assess", "compare", "size", "profiles")
FOLLOWED = ("create_batch", "get_batch", "dismiss_batch", "list_batches", "get_batch_results", "list_weather",
            "get_weather", "delete_weather", "list_processes", "get_process", "live", "ready")  # fmt: skip


def check(seconds: int, *, short: bool, seed: int = 9) -> list[str]:
    """The tool's reports of the runs that failed, none where all went well."""
    with tempfile.TemporaryDirectory() as folder, service(Path(folder), ALLOW_ONLINE="false") as one:
        each = max(seconds // 3, 5)
        if not short:  # each has its share of the time: the first would take all of it
            phases = ("examples,coverage", "fuzzing", "stateful")
            return _failed(*(_run(one.port, each, seed, "--phases", phase) for phase in phases))
        others = [word for name in LONG for word in ("--exclude-operation-id", name)]
        long = [word for name in LONG for word in ("--include-operation-id", name)]
        followed = [word for name in FOLLOWED for word in ("--include-operation-id", name)]
        return _failed(
            _run(one.port, each, seed, "--phases", "examples,coverage,fuzzing", "-n", "5", *others),
            _run(one.port, each, seed, "--phases", "fuzzing", "-n", "5", "--mode", "negative", *long),
            _run(one.port, each, seed, "--phases", "stateful", "-n", "5", *followed),
        )


def _run(port: int, seconds: int, seed: int, *options: str) -> subprocess.CompletedProcess[str]:
    address = f"http://127.0.0.1:{port}/openapi.json"
    words = [str(TOOL), "--config-file", str(CONFIG), "run", address, "--checks", "all", "--seed", str(seed)]
    words += ["--max-time", str(seconds), "--continue-on-failure", "--no-shrink", "--request-timeout", "600"]
    words += ["--suppress-health-check", "all", *options]
    with tempfile.TemporaryDirectory() as folder:  # the tool keeps files where it runs
        return subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder)


def _failed(*runs: subprocess.CompletedProcess[str]) -> list[str]:
    for run in runs:
        print(run.stdout[-1500:])
    return [run.stdout + run.stderr for run in runs if run.returncode]


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=900)
    parser.add_argument("--short", action="store_true", help="as the suite runs it")
    asked = parser.parse_args()
    failed = check(asked.seconds, short=asked.short)
    print("\n".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
