"""The services of deploy/systemd, started as their units say, but from this checkout and on free ports."""

from __future__ import annotations

import configparser
from pathlib import Path

import yaml

from tests.conftest import ROOT
from tests.operate.services import BIN, Services, free_port

UNITS = ROOT / "deploy" / "systemd"


def command(name: str) -> str:
    """What a unit runs."""
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.read(UNITS / f"{name}.service", "utf-8")
    return unit["Service"]["ExecStart"]


def start_units(services: Services, workspace: Path) -> dict[str, int]:
    """Start code server, webservers and daemon, and wait until they listen; the port of each that has one."""
    ports = {"wb6-code": 4000, "wb6-web": 3000, "wb6-guests": 3001}
    chosen = {name: free_port() for name in ports}
    told = yaml.safe_load((ROOT / "deploy" / "workspace.yaml").read_text("utf-8"))
    assert told["load_from"][0]["grpc_server"]["port"] == ports["wb6-code"]
    told["load_from"][0]["grpc_server"]["port"] = chosen["wb6-code"]
    workspace.write_text(yaml.safe_dump(told), "utf-8")
    for name in ("wb6-code", "wb6-daemon", "wb6-web", "wb6-guests"):
        line = command(name).replace("/srv/wb6/.venv/bin", str(BIN))
        line = line.replace("/srv/wb6/deploy/workspace.yaml", str(workspace))
        if name in ports:
            assert f"--port {ports[name]}" in line
            line = line.replace(f"--port {ports[name]}", f"--port {chosen[name]}")
        services.start(name, line)
        if name == "wb6-code":
            services.wait_for_port(name, chosen[name])
    for name in ("wb6-web", "wb6-guests"):
        services.wait_for_port(name, chosen[name])
    return chosen
