"""The standards' own validators, each as a function from a release's folder to what it finds wrong. None needs a network."""

from __future__ import annotations

import datetime
import io
import json
import logging
import math
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.engine import connect
from pipeline.verify.itself import faults

CONTEXT = "https://w3id.org/ro/crate/1.3/context"


def frictionless(folder: Path) -> list[str]:
    """What frictionless finds in datapackage.json and in the data it describes."""
    import frictionless as library

    report = library.validate(str(folder / "datapackage.json"))
    return [": ".join(map(str, row)) for row in report.flatten(["type", "message"])]


def mlcroissant(folder: Path, only: tuple[str, ...] = ()) -> list[str]:
    """What mlcroissant finds in croissant.json, warnings too, and on loading each record set, or only some.

    Its records are compared with those stored.
    """
    import mlcroissant as library

    heard: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    listener.setLevel(logging.WARNING)
    logging.getLogger("absl").addHandler(listener)
    try:
        dataset = library.Dataset(str(folder / "croissant.json"))
        for records in (r for r in dataset.metadata.record_sets if not only or r.id in only):
            loaded = [
                {key.rpartition("/")[2]: _plain(v) for key, v in row.items()} for row in dataset.records(records.id)
            ]
            if loaded != _stored(folder / "parquet" / f"{records.id}.parquet"):
                heard.append(f"{records.id} does not load as it is stored")
    except Exception as error:  # it raises whatever its parts raise
        heard.append(f"{type(error).__name__}: {error}")
    finally:
        logging.getLogger("absl").removeHandler(listener)
    return heard


def _plain(value: Any) -> Any:
    """A loaded value as pyarrow gives it."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.date()
    return None if isinstance(value, float) and math.isnan(value) else value


def _stored(path: Path) -> list[dict[str, Any]]:
    from pyarrow import parquet

    rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return rows


def csvw(folder: Path) -> list[str]:
    """What the csvw library finds in csvw-metadata.json and in the data it describes."""
    from csvw import CSVW

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            checked = CSVW(str(folder / "csvw-metadata.json"), validate=True, strict=False)
            valid = checked.is_valid
    except Exception as error:  # it raises whatever its parts raise
        return [f"{type(error).__name__}: {error}"]
    return [] if valid else [str(warning.message) for warning in checked.warnings]


def rocrate(folder: Path, cache: Path) -> list[str]:
    """What rocrate-validator finds in ro-crate-metadata.json that the standard requires, read with a warmed cache."""
    from rocrate_validator import services

    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.3",
        offline=True,
        cache_path=cache,
        cache_max_age=-1,
        validate_profile_checks=False,
        abort_on_first=True,
    )
    return [f"{issue.check.identifier}: {issue.message}" for issue in services.validate(settings).get_issues()]


def warm(cache: Path) -> None:
    """Put the RO-Crate context that the rocrate library ships where rocrate-validator looks for it."""
    import rocrate as library
    from requests import PreparedRequest, Response
    from requests.adapters import HTTPAdapter
    from requests_cache import CachedSession
    from urllib3 import HTTPResponse

    body = (Path(library.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()

    class Shipped(HTTPAdapter):
        def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
            headers = {"Content-Type": "application/ld+json"}
            raw = HTTPResponse(io.BytesIO(body), headers, status=200, preload_content=False, request_url=request.url)
            return self.build_response(request, raw)

    with CachedSession(str(cache), backend="sqlite", expire_after=-1) as session:
        session.mount("https://", Shipped())
        assert session.get(CONTEXT).json()["@id"] == CONTEXT


def jsonschema(folder: Path) -> list[str]:
    """What check-jsonschema finds in CITATION.cff by the schema it ships."""
    command = [sys.executable, "-m", "check_jsonschema", "--output-format", "json"]
    command += ["--builtin-schema", "vendor.citation-file-format", str(folder / "CITATION.cff")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    report: Mapping[str, Any] = json.loads(done.stdout)
    found = [str(entry) for kind in ("errors", "parse_errors") for entry in report.get(kind, [])]
    assert bool(found) == bool(done.returncode)
    return found


def verify(folder: Path) -> list[str]:
    """What the project's own verification finds."""
    with connect() as con:
        return faults(con, folder)


def all_but_crate() -> Iterator[tuple[str, Callable[[Path], list[str]]]]:
    """Every validator that needs nothing but the folder, by name."""
    for validator in (frictionless, mlcroissant, csvw, jsonschema, verify):
        yield validator.__name__, validator
