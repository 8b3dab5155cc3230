"""Starting Spark: on this machine, or as the driver of a cluster that the environment names.

WB6_SPARK_MASTER names the cluster (`spark://...`, `yarn`, `k8s://...`); without it, spark-defaults.conf of SPARK_CONF_DIR
does, and without that all cores of this machine. WB6_SPARK_MEMORY is the driver's memory. Everything else, credentials
included, is Spark's own configuration.
"""

from __future__ import annotations

import functools
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.problems import PipelineError
from pipeline.spark.rows import leave_out_pandas_on_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.showConsoleProgress": "false",
}
"""Settings that the meaning of the SQL rests on, and quiet: set for every session, whatever the configuration says."""

_EASE = {
    "spark.app.name": "wb6",
    "spark.ui.enabled": "false",
    "spark.sql.broadcastTimeout": "3600",
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    "spark.python.worker.reuse": "true",
    "spark.serializer": "org.apache.spark.serializer.KryoSerializer",
    "spark.sql.parquet.compression.codec": "zstd",
}
"""Settings for speed and quiet, which the configuration may have otherwise."""

_HOW = "pip install 'wb6[spark]', and Java 17 or later, such as Debian's openjdk-17-jre-headless"


@functools.cache
def start() -> SparkSession:
    """The Spark of this process. Raises PipelineError where pyspark or Java is missing, or it does not start."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise PipelineError(f"WB6_ENGINE=spark needs pyspark, which is not installed: {_HOW}") from None
    if not has_java():
        raise PipelineError(f"WB6_ENGINE=spark needs Java, and neither JAVA_HOME nor PATH has it: {_HOW}")
    leave_out_pandas_on_spark()
    memory = os.environ.get("WB6_SPARK_MEMORY", "3g")
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"--driver-memory {memory} pyspark-shell")
    try:
        return _started()
    except Exception as error:  # Java tells of its troubles in many types
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        what = "look at WB6_SPARK_MASTER, WB6_SPARK_MEMORY and the version of Java, which must be 17 or later"
        raise PipelineError(f"Spark does not start: {said}; {what}") from None


def _started() -> SparkSession:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    SparkContext._ensure_initialized()  # so that the configuration below has what spark-defaults.conf says
    conf = SparkConf()
    for name, value in _EASE.items():
        conf.setIfMissing(name, value)
    for name, value in _MEANING.items():
        conf.set(name, value)
    master = os.environ.get("WB6_SPARK_MASTER")
    if master:
        conf.setMaster(master)
    if str(conf.setIfMissing("spark.master", "local[*]").get("spark.master")).startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        conf.setIfMissing("spark.sql.shuffle.partitions", str(2 * (os.cpu_count() or 1)))
    context = SparkContext.getOrCreate(conf)
    context.setLogLevel(os.environ.get("WB6_SPARK_LOG", "ERROR"))
    if not str(context.master).startswith("local"):
        context.addPyFile(str(_code(Path(context._temp_dir))))
    return SparkSession(context)


def has_java() -> bool:
    """Whether Java is where Spark looks for it."""
    home = os.environ.get("JAVA_HOME")
    return bool(shutil.which(str(Path(home) / "bin" / "java")) if home else shutil.which("java"))


def _code(folder: Path) -> Path:
    """This code as an archive, for executors that lie on other machines; what it imports must be installed there."""
    import schemas

    root = Path(schemas.__path__[0]).parent
    gathered = folder / "code"
    for package in ("pipeline", "schemas"):
        shutil.copytree(
            root / package, gathered / package, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
        )
    return Path(shutil.make_archive(str(folder / "wb6"), "zip", gathered))
