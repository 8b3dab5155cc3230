"""A PostgreSQL server of Debian's packages in a temporary folder, on a port of localhost; not run by root."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.operate.services import free_port

PASSWORD = "only-for-tests"  # noqa: S105


def programs() -> Path | None:
    """The folder of Debian's newest PostgreSQL, which keeps the server's programs off the path; None where missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found and shutil.which("pg_dump") else None


def lacking() -> str:
    """What a test on PostgreSQL lacks here; empty where nothing."""
    if importlib.util.find_spec("dagster_postgres") is None:
        return "needs dagster-postgres: pip install -e .[server]"
    return "" if programs() else "needs PostgreSQL: apt-get install postgresql"


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    def address(self, database: str) -> str:
        """The address of a database, as deploy/dagster.yaml takes it."""
        return f"postgresql+psycopg2://wb6:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make an empty database; its address."""
        address = self.address("postgres").replace("+psycopg2", "")
        command = ["psql", "-qc", f"CREATE DATABASE {database}", address]
        subprocess.run(command, check=True, timeout=60)
        return self.address(database)


def _user() -> pwd.struct_passwd:
    """The user that runs the server: PostgreSQL refuses root."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


@contextmanager
def postgres(settings: str = "") -> Iterator[Server]:
    """A server that is stopped and forgotten at the end. Raises AssertionError where PostgreSQL is missing."""
    found = programs()
    assert found is not None
    user = _user()
    # Not in pytest's folder, which only its own user may enter.
    with tempfile.TemporaryDirectory(prefix="wb6-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD, "utf-8")
        os.chown(folder, user.pw_uid, user.pw_gid)
        port = free_port()

        def run(*command: str | Path) -> None:
            done = subprocess.run(
                command, cwd=folder, user=user.pw_uid, group=user.pw_gid, capture_output=True, timeout=120
            )
            log = folder / "log"
            assert done.returncode == 0, done.stderr.decode() + (log.read_text("utf-8") if log.exists() else "")

        run(
            *(found / "initdb", "--pgdata", folder / "data", "--username", "wb6", "--auth", "scram-sha-256"),
            *("--pwfile", folder / "password", "--encoding", "UTF8", "--locale", "C.UTF-8"),
        )
        listen = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} {settings}"
        run(found / "pg_ctl", "start", "--wait", "-D", folder / "data", "-l", folder / "log", "-o", listen)
        try:
            yield Server(port)
        finally:
            run(found / "pg_ctl", "stop", "--wait", "-D", folder / "data", "--mode", "fast")
