"""A real PostgreSQL with PostGIS for the tests, started in a temporary folder; skipped with the reason where absent."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

VERSIONS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
EXTENSION = "postgis.control"


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that has PostGIS; None where there is none."""
    for folder in VERSIONS:
        if (Path("/usr/share/postgresql") / folder.parent.name / "extension" / EXTENSION).exists():
            return folder
    return None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of an empty database with PostGIS, on a socket in `folder`.

    Skips with the reason where it cannot be had: a server comes from the system, which `make test` may not change.
    `.ci/run` installs it, so that there it never skips.
    """
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL with PostGIS here: apt-get install postgresql-15-postgis-3")
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            owner = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root and there is no user postgres")
        if shutil.which("runuser") is None:
            pytest.skip("PostgreSQL does not run as root and there is no runuser")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, capture_output=True, cwd=folder, timeout=120)

    run(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        run(str(programs / "psql"), "-h", str(folder), "-U", "postgres", "-c", "CREATE EXTENSION postgis")
        yield f"postgresql://postgres:secret@/postgres?host={folder}"
    finally:
        run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
