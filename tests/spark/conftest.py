"""Spark as tests want it: little memory, and a Java that starts quickly instead of running fast for hours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def quick_java() -> Iterator[None]:
    """Options of the Java that any test of this folder starts, here or in another process."""
    options = "--driver-memory 2g --driver-java-options -XX:TieredStopAtLevel=1 pyspark-shell"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYSPARK_SUBMIT_ARGS", options)
        yield
