"""Driving the server of `tests.storage`, and looking at what it holds as readers do."""

from __future__ import annotations

import http.client
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import obstore
from obstore.store import S3Store

from pipeline.engine import connect
from pipeline.objects.store import ObjectStore
from pipeline.problems import PipelineError
from pipeline.verify.itself import faults
from tests.conftest import ROOT

KEY, SECRET = "key-of-a-test", "secret-of-a-test"
BUCKET = "releases-of-tests"


def lacks() -> str | None:
    """What keeps the server from running here."""
    missing = [name for name in ("moto", "flask", "flask_cors") if importlib.util.find_spec(name) is None]
    return f"needs {', '.join(missing)}" if missing else None


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead to it."""
        return {
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_REGION": "eu-central-1",
        }

    def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        """One request without a client's help; the answer's body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body)
        said = connection.getresponse().read()
        connection.close()
        return said

    def fail(self, **how: Any) -> None:
        """Have it fail so from now on, and only so."""
        self.ask("POST", "/-/faults", json.dumps(how).encode())

    def log(self) -> list[str]:
        """The requests since it was last asked."""
        return list(json.loads(self.ask("POST", "/-/log")))

    def age(self, below: str, hours: float) -> None:
        """Make objects look as if stored so many hours ago."""
        self.ask("POST", "/-/age", json.dumps({"below": below, "hours": hours}).encode())

    def put(self, at: str, name: str, content: bytes) -> None:
        """Store an object, as another tool would."""
        bucket, _, prefix = at.removeprefix("s3://").partition("/")
        config: dict[str, Any] = {name.lower(): value for name, value in self.environment.items()}
        obstore.put(S3Store(bucket, prefix=prefix, config=config, client_options={"allow_http": True}), name, content)  # type: ignore[arg-type]


@contextmanager
def serving() -> Iterator[Server]:
    """A server on a free port, with an empty bucket, gone when this process is."""
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.storage", "0"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KEY": KEY},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert started.stdout
        server = Server(int(started.stdout.readline()))
        server.ask("PUT", f"/{BUCKET}")
        yield server
    finally:
        started.kill()
        started.communicate()


def harm(url: str, *, every: bool = True) -> list[str]:
    """What a reader who has nothing of it yet finds wrong with a store: a release is not whole, or not true.

    Or, where not every one is looked at, whether the latest is to the byte what was published.
    """
    folder = Path(tempfile.mkdtemp())
    try:
        store = ObjectStore(url, folder / "outputs")
        found = []
        store.folder()
        for version in store.versions() if every else ():
            with connect() as con:
                found += [f"{version}: {fault}" for fault in faults(con, store.folder(version))]
        return found if store.versions() else ["there is no release"]
    except PipelineError as error:
        return [str(error)]
    finally:
        shutil.rmtree(folder)
