"""Proof that a release is whole and true, by reading it again from its files: nothing here writes to the store.

Belongs here: one module per thing to prove, each a function from an opened release to faults; `itself` lists
them, and `run` adds what a release has to do with those before it.
Does not belong here: mending. A faulty release is restored from the repository's history, or withdrawn.
"""
