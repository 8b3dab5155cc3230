"""Run the mutation study and print its table: `python -m tests.mutation --each 40`; the same seed makes the same mistakes.

With WB6_DOCUMENTS, what the checks of the sources alone let pass is tried once more against the texts.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import zip_longest
from multiprocessing import get_context
from pathlib import Path

import click

from tests.conftest import ROOT
from tests.mutation.mutant import MISTAKES
from tests.mutation.sheets import Sheets
from tests.mutation.study import mutants, try_all
from tests.mutation.table import as_table, slipped, summary
from tests.mutation.written import write


def main() -> int:
    """Try the mistakes, print what came of them; 1 where fewer are caught than is promised."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--each", type=int, default=40, help="mistakes of each kind (40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=list(MISTAKES), help="only this kind; may be repeated")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    parser.add_argument(
        "--show", action="store_true", help="list detectable mistakes that slipped through, or were misplaced"
    )
    parser.add_argument("--write", action="store_true", help="write docs/mistakes.md and docs/mistakes.json")
    chosen = parser.parse_args()
    if chosen.write and chosen.kind:
        parser.error("--write needs every kind")
    named = os.environ.pop("WB6_DOCUMENTS", None)
    os.environ.setdefault("WB6_THREADS", "1")  # of each process: the tables are small
    documents = Path(named).resolve() if named else None
    began = time.monotonic()
    sheets = Sheets.of(ROOT / "sources")
    every = list(mutants(sheets, chosen.kind or list(MISTAKES), chosen.each, chosen.seed))
    shares = [every[n :: chosen.jobs] for n in range(chosen.jobs)]
    with ProcessPoolExecutor(chosen.jobs, mp_context=get_context("spawn")) as pool:
        done = [pool.submit(try_all, share, ROOT, documents) for share in shares]
        shared = [share.result() for share in done]
    tried = [one for row in zip_longest(*shared) for one in row if one]  # as they were made, whatever the shares
    click.echo(as_table(tried, chosen.kind or list(MISTAKES)))
    if chosen.write:
        write(ROOT / "docs", tried, sheets, chosen.seed, chosen.each)
    if chosen.show:
        click.echo("\n".join(slipped(tried)))
    click.echo(f"{summary(tried)} Seed {chosen.seed}, {time.monotonic() - began:.0f} s.", err=True)
    detectable = [t for t in tried if t.detectable]
    caught = [t for t in detectable if t.told]
    placed = [t for t in caught if t.line_right and t.file_right]
    return int(len(caught) < 0.95 * len(detectable) or len(placed) < 0.95 * len(caught))


if __name__ == "__main__":
    sys.exit(main())
