"""Run a command, and write what it took to a file as JSON: python -I -S launch.py RESULT GROUP COMMAND...

A process of its own, and a small one: what is resident at a child's peak counts that of the process which forked it. GROUP is
the list of processes of a control group to join, a number of bytes for the data segment, or - for no limit.
"""

import json
import os
import sys
import time


def limit(group: str) -> None:
    """Join the group, or limit the data segment, before the command begins."""
    if group.isdigit():
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (int(group), int(group)))
    elif group != "-":
        with open(group, "w") as stream:  # noqa: PTH123 (pathlib would make this process larger)
            stream.write(str(os.getpid()))


def main(result: str, group: str, *command: str) -> None:
    """Run the command, and pass on how it ended."""
    began = time.perf_counter()
    child = os.fork()
    if not child:
        try:
            limit(group)
            os.execvp(command[0], command)  # noqa: S606
        finally:
            os._exit(127)
    _, status, used = os.wait4(child, 0)
    taken = {
        "wall": time.perf_counter() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss / 1024,
    }
    with open(result, "w") as stream:  # noqa: PTH123
        json.dump(taken, stream)
    sys.exit(abs(os.waitstatus_to_exitcode(status)))


if __name__ == "__main__":
    main(*sys.argv[1:])
