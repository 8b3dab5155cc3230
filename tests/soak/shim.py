"""Faults between a process and its disk or clock: the library of shim.c, compiled where there is a compiler, and its controls.

The process that steers is started anew with the library in place, and is itself spared; what it forks meets the faults.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OPEN, READ, WRITE, SYNC, RENAME, NAME, LOOK = (1 << n for n in range(7))
CHANGING = OPEN | WRITE | SYNC | RENAME | NAME
EVERY = CHANGING | READ | LOOK
"""Kinds of calls: opened for writing, read, written, brought to the disk, renamed, made or removed, looked at."""

EVER = 1 << 40
_VARIABLE = "WB6_SHIM"


class Control(ctypes.Structure):
    """What is to fail, and what was met; laid out as in shim.c."""

    _fields_ = (
        *((name, ctypes.c_int64) for name in ("owner", "armed", "kinds", "first", "last", "error")),
        *((name, ctypes.c_int64) for name in ("brief", "delay", "jump", "count", "met", "looks")),
        ("below", ctypes.c_char * 1024),
        ("gone", ctypes.c_char * 1024),
    )


def lacks() -> str | None:
    """What keeps the library from being used here."""
    if sys.platform != "linux":
        return "the library of faults is made for Linux"
    return None if shutil.which("cc") else "the library of faults needs a C compiler (cc), and there is none"


def start_anew(module: str) -> None:
    """Run this process anew as that module with the library in place, unless it is. Raises RuntimeError where it does not compile."""
    if _VARIABLE in os.environ:
        return
    folder = Path(tempfile.mkdtemp())
    library, control = folder / "shim.so", folder / "control"
    source = Path(__file__).with_name("shim.c")
    command = ["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(folder)
        raise RuntimeError(done.stderr)
    control.write_bytes(bytes(ctypes.sizeof(Control)))
    os.environ.update(LD_PRELOAD=str(library), **{_VARIABLE: str(control)})
    os.execv(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]])  # noqa: S606


class Shim:
    """The controls of the library that this process was started with."""

    def __init__(self) -> None:
        with Path(os.environ[_VARIABLE]).open("r+b") as stream:
            self._memory = mmap.mmap(stream.fileno(), ctypes.sizeof(Control))
        self.control = Control.from_buffer(self._memory)
        self.control.owner = os.getpid()

    def arm(self, below: Path, **fault: int | str) -> None:
        """Let calls below a folder meet a fault from now on; without one they are only counted."""
        self.control.armed = 0
        for name in (field[0] for field in Control._fields_):
            if name not in ("owner", "armed"):
                setattr(self.control, name, b"" if name in ("below", "gone") else 0)
        self.control.below, self.control.kinds = str(below).encode(), EVERY
        for name, value in fault.items():
            setattr(self.control, name, value.encode() if isinstance(value, str) else value)
        self.control.armed = 1

    def disarm(self) -> int:
        """Let everything work again; how many faults were met."""
        self.control.armed = 0
        return int(self.control.met)

    @property
    def count(self) -> int:
        """How many calls of the kinds asked for were made."""
        return int(self.control.count)


def clear() -> None:
    """Leave nothing of the library in the folder of temporary files."""
    if _VARIABLE in os.environ:
        shutil.rmtree(Path(os.environ[_VARIABLE]).parent, ignore_errors=True)
