"""A real PostgreSQL with PostGIS for the tests, started in a temporary folder; skipped with the reason where absent."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Server:
    """A PostgreSQL of its own in a folder, reached over a socket there; it can be stopped and started."""

    folder: Path
    programs: Path
    as_user: list[str]

    @property
    def url(self) -> str:
        return f"postgresql://postgres:secret@/postgres?host={self.folder}"

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")

    def make(self) -> None:
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "postgres", "--no-sync")
        self.start()
        self._run("psql", "-h", str(self.folder), "-U", "postgres", "-c", "CREATE EXTENSION postgis")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_user, str(self.programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, timeout=120)


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A running server with PostGIS, empty.

    Skips with the reason where it cannot be had: a server comes from the system, which `make test` may not change.
    `.ci/run` installs it, so that there it never skips.
    """
    programs = binaries()
    if programs is None:  # a program of the system, which `make test` may not install
        pytest.skip("no PostgreSQL with PostGIS here: apt-get install postgresql-15-postgis-3")
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            owner = pwd.getpwnam("postgres")
        except KeyError:  # nobody to run it as: making users is not a test's to do
            pytest.skip("PostgreSQL does not run as root and there is no user postgres")
        if shutil.which("runuser") is None:  # no way to become that user
            pytest.skip("PostgreSQL does not run as root and there is no runuser")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    made = Server(folder, programs, as_user)
    made.make()
    try:
        yield made
    finally:
        with suppress(subprocess.CalledProcessError):  # a test may have stopped it
            made.stop()


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of such a server."""
    with server(folder) as found:
        yield found.url
