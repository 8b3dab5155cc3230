"""A server of object storage for tests: moto's S3 over real HTTP, in a process of its own, that fails as it is told to.

Run as `python -m tests.storage PORT`. moto looks at a condition and stores in two steps; here one request has its turn
after the other, so that a conditional put is one step, as S3 promises. Commands are posted to /-/: `faults` (JSON, see
`Faults`), `age` (makes objects look older), `log` (the requests so far, which are then forgotten).
"""

from __future__ import annotations

import datetime
import io
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ANSWER = (
    '<?xml version="1.0"?><Error><Code>{code}</Code><Message>No</Message><AWSAccessKeyId>{key}</AWSAccessKeyId></Error>'
)


@dataclass
class Faults:
    """How the server is to fail. `refuse` names methods, answered with `code`; others name part of an object's address."""

    ignores_conditions: bool = False
    refuse: tuple[str, ...] = ()
    below: str = ""
    code: str = "AccessDenied"
    status: str = "403 Forbidden"
    corrupt: str = ""
    lose_answer: str = ""
    """The answer to the first put of such an object is not sent, though it was carried out."""
    break_after: int | None = None
    """After so many puts, the connection is closed in place of an answer, and nothing is stored."""
    kill: int = 0
    """The process to kill."""
    kill_at: int = 0
    """At which of its requests, from 1."""
    kill_put: str = ""
    """Or at the first put of such an object."""
    kill_after: bool = False
    """Whether that request is carried out first."""


class Storage:
    """The WSGI application."""

    def __init__(self) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

        self.moto = DomainDispatcherApplication(create_backend_app)
        self.turn = threading.Lock()
        self.faults = Faults()
        self.log: list[str] = []
        self.puts = 0

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        with self.turn:
            if path.startswith("/-/"):
                return self.command(path.removeprefix("/-/"), body, start)
            self.log.append(f"{method} {path}")
            return self.answer(environ, start, method, path, body)

    def answer(self, environ: dict[str, Any], start: Any, method: str, path: str, body: bytes) -> Iterable[bytes]:
        faults = self.faults
        put = method == "PUT" and bool(faults.kill_put) and faults.kill_put in path
        meets = faults.kill and (put or len(self.log) == faults.kill_at)
        if meets and not faults.kill_after:
            return self.kill(environ)
        if method in faults.refuse and faults.below in path:
            start(faults.status, [("Content-Type", "application/xml")])
            return [ANSWER.format(code=faults.code, key=os.environ.get("KEY", "")).encode()]
        if faults.ignores_conditions:
            environ.pop("HTTP_IF_MATCH", None)
            environ.pop("HTTP_IF_NONE_MATCH", None)
        if method in ("PUT", "POST"):
            self.puts += 1
            if faults.break_after is not None and self.puts > faults.break_after:
                return self.hang_up(environ)
            if faults.corrupt and faults.corrupt in path:
                environ["wsgi.input"] = io.BytesIO(b"?" + body[1:])
        done = list(self.moto(environ, start))
        if meets:
            return self.kill(environ)
        if method == "PUT" and faults.lose_answer and faults.lose_answer in path:
            faults.lose_answer = ""
            return self.hang_up(environ)
        return done

    def kill(self, environ: dict[str, Any]) -> Iterable[bytes]:
        os.kill(self.faults.kill, signal.SIGKILL)
        self.faults = Faults()
        return self.hang_up(environ)

    def hang_up(self, environ: dict[str, Any]) -> Iterable[bytes]:
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return []

    def command(self, name: str, body: bytes, start: Any) -> Iterable[bytes]:
        said = json.loads(body or b"{}")
        answer: object = None
        if name == "faults":
            self.faults, self.puts, self.log = Faults(**said), 0, []
        elif name == "log":
            answer, self.log = self.log, []
        elif name == "age":
            age(said["below"], said["hours"])
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]


def age(below: str, hours: float) -> None:
    """Make objects look as if they had been stored so many hours ago."""
    from moto.s3.models import s3_backends

    then = datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - datetime.timedelta(hours=hours)
    for account in s3_backends.values():
        for bucket in account["aws"].buckets.values():
            for name, key in bucket.keys.items():
                if below in name:
                    key.last_modified = then


def main() -> None:
    """Serve until the end of input, which comes when whoever started this is gone."""
    from moto.moto_server.werkzeug_app import MotoRequestHandler
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", int(sys.argv[1]), Storage(), threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
