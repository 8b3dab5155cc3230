"""Proof that a release is whole and true, by reading it again from its files: nothing here writes to the store.

Belongs here: one module per thing to prove, each a function from an opened release to faults; `itself` lists
them, and `run` adds what a release has to do with those before it.
Does not belong here: mending. A faulty release is restored from the repository's history, or withdrawn.
"""

from pipeline.files import SUMS
from pipeline.verify.itself import faults
from pipeline.verify.sums import sum_faults, write_sums

__all__ = ["SUMS", "faults", "sum_faults", "write_sums"]
