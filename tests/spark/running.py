"""What tests that run Spark need: Spark itself, or a plain reason to be skipped."""

from __future__ import annotations

import importlib.util

import pytest

from pipeline.spark.session import has_java

needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or not has_java(),
    reason="pyspark or Java is not installed here: pip install 'wb6[spark]', and Java 17 or later",
)
