"""What the reader's guide shows for releases in object storage works there."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.objects.bucket import Bucket
from pipeline.publish import publish
from tests.conftest import ROOT
from tests.soak.prepared import prepare


def example(language: str) -> str:
    guide = (ROOT / "outputs" / "README.md").read_text("utf-8")
    section = guide.partition("## From object storage")[2].partition("\n## ")[0]
    return str(re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)[0])


@pytest.fixture
def published(address: str, tmp_path: Path) -> str:
    publish(replace(prepare(tmp_path), outputs_at=address))
    return address


def test_pandas_polars_and_duckdb_read_the_latest_release_as_the_guide_shows(
    published: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")  # polars, and only since the server of the tests has no certificate
    code = example("python").replace("s3://bucket/prefix", published)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["0.1.0", "2", "2"], done.stderr

    # Without the extension that has to be downloaded: the same statements on the same objects as files.
    bucket = Bucket(published)
    for one in bucket.listed():
        path = tmp_path / "bucket" / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        bucket.download(one.name, path)
    sql = example("sql").replace("s3://bucket/prefix", str(tmp_path / "bucket"))
    statements = [line for line in sql.splitlines() if not line.startswith(("INSTALL", "LOAD", "CREATE SECRET"))]
    assert len(statements) == 2
    with duckdb.connect() as con:
        con.execute(statements[0]).fetchall()
        assert con.execute(statements[1]).fetchall() == [(2,)]
