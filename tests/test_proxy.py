"""The reverse proxy of deploy/nginx.conf: passwords at both doors, and each opens its own."""

from __future__ import annotations

import base64
import os
import shutil
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.operate.services import free_port, wait_for

pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")), reason="needs nginx: apt-get install nginx-light openssl"
)


class Behind(BaseHTTPRequestHandler):
    """Stands for a webserver: tells which one it is, and what it was told."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{self.connection.getsockname()[1]} {self.headers.get('Authorization', '')}".encode())

    do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def behind() -> Iterator[list[int]]:
    servers = [HTTPServer(("127.0.0.1", 0), Behind) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield [server.server_address[1] for server in servers]
    for server in servers:
        server.shutdown()


@pytest.fixture
def proxy(tmp_path: Path, behind: list[int]) -> Iterator[int]:
    """nginx with the file as it is, but for names of files and ports; the port of its TLS server."""
    port, plain = free_port(), free_port()
    certificate: tuple[str | Path, ...] = (
        "-keyout",
        tmp_path / "privkey.pem",
        "-out",
        tmp_path / "fullchain.pem",
        "-days",
        "1",
    )
    command: list[str | Path] = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=wb6.example.org",
        *certificate,
    ]
    subprocess.run(command, check=True, capture_output=True)
    for name in ("operators", "guests"):
        (tmp_path / f"wb6-{name}.htpasswd").write_text(f"{name}:{{PLAIN}}secret\n", "utf-8")
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for old, new in (
        ("/etc/ssl/wb6", str(tmp_path)),
        ("/etc/nginx", str(tmp_path)),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("127.0.0.1:3000", f"127.0.0.1:{behind[0]}"),
        ("127.0.0.1:3001", f"127.0.0.1:{behind[1]}"),
    ):
        assert old in text
        text = text.replace(old, new)
    told = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    main = (
        f"daemon off; {user} pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {told} {text} }}"
    )
    (tmp_path / "main.conf").write_text(main, "utf-8")
    with (tmp_path / "printed").open("wb") as printed:
        program = str(shutil.which("nginx"))
        nginx = subprocess.Popen([program, "-p", tmp_path, "-c", tmp_path / "main.conf"], stderr=printed)
    try:
        wait_for("nginx", lambda: (tmp_path / "pid").is_file() and (tmp_path / "pid").read_text("utf-8").strip())
        yield port
    finally:
        nginx.terminate()
        nginx.wait()


def ask(port: int, path: str, user: str | None, method: str = "POST", **headers: str) -> tuple[int, str]:
    named = {"Host": "wb6.example.org", **{name.replace("_", "-"): value for name, value in headers.items()}}
    request = urllib.request.Request(f"https://127.0.0.1:{port}{path}", method=method, headers=named)
    if user:
        request.add_header("Authorization", "Basic " + base64.b64encode(f"{user}:secret".encode()).decode())
    try:
        with urllib.request.urlopen(request, context=ssl._create_unverified_context(), timeout=30) as answer:  # noqa: S310, S323
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_each_door_asks_for_a_password_and_opens_to_its_own_people(proxy: int, behind: list[int]) -> None:
    web, guests = behind

    assert ask(proxy, "/", None)[0] == ask(proxy, "/guests", None)[0] == ask(proxy, "/graphql", None)[0] == 401
    assert ask(proxy, "/graphql", "guests")[0] == 401
    assert ask(proxy, "/guests/../graphql", "guests")[0] == 401
    assert ask(proxy, "/graphql", "operators") == (200, f"{web} ")
    assert ask(proxy, "/guests/graphql", "guests") == (200, f"{guests} ")


def test_what_another_site_makes_a_browser_ask_is_refused(proxy: int, behind: list[int]) -> None:
    web = behind[0]

    assert ask(proxy, "/runs", "operators", "GET", Sec_Fetch_Site="cross-site") == (200, f"{web} ")  # a link
    assert ask(proxy, "/graphql", "operators", Sec_Fetch_Site="same-origin") == (200, f"{web} ")
    for site in ("cross-site", "same-site"):
        assert ask(proxy, "/graphql", "operators", Sec_Fetch_Site=site)[0] == 403
    own = "https://wb6.example.org"
    assert ask(proxy, "/graphql", "operators", "GET", Origin=own, Upgrade="websocket") == (200, f"{web} ")
    for origin in ("https://evil.example", f"{own}.evil.example", "null"):
        assert ask(proxy, "/graphql", "operators", "GET", Origin=origin, Upgrade="websocket")[0] == 403
        assert ask(proxy, "/graphql", "operators", Origin=origin)[0] == 403
    for door, user in (("", "operators"), ("/guests", "guests")):
        assert ask(proxy, f"{door}/graphql?query=mutation", user, "GET")[0] == 405
