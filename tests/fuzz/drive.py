"""One target driven by atheris until its time or its executions are over: `python -m tests.fuzz.drive csv FOLDER ...`.

What libFuzzer is told follows the folder. Writes how many inputs were compared, and how many taken, to FOLDER/count as it goes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline", "schemas", "tests.fuzz", "csv", "json", "yaml"]):
    from tests.fuzz.targets import target

_SELDOM = 10_000
"""After how many inputs at the latest those that wait are compared."""


def main() -> None:
    """Drive the target that the command names."""
    chosen, folder = target(sys.argv[1]), Path(sys.argv[2])
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(chosen.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in chosen.words), "ascii")
    counted, since, due = folder / "count", 0, 100

    def attempt(data: bytes) -> None:
        nonlocal since, due
        chosen.attempt(data)
        since += 1
        if since >= due or again:
            since, due = 0, min(2 * due, _SELDOM)
            chosen.compare()
            counted.write_text(f"{chosen.count.compared} {chosen.count.taken}\n", "ascii")

    told = [f"-dict={words}", f"-artifact_prefix={folder}/", f"-max_len={chosen.longest}", *sys.argv[3:]]
    if all(one.startswith("-") for one in told):  # else it is told to try some files again, and those alone
        told.append(str(corpus))
    again = told[-1] != str(corpus)
    atheris.Setup([sys.argv[0], *told], attempt)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
