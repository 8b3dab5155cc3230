"""The page itself: the release's data, the code that shows it and a policy that lets nothing else in, as one HTML file."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.cite.notes import dataset_note, notes_of
from pipeline.cite.source import ORIGIN_LOCATOR, Passage, Source
from pipeline.engine import literal
from pipeline.explorer.blocks import packed, table_columns
from pipeline.explorer.described import described, held
from pipeline.explorer.place import FILE
from pipeline.problems import PipelineError

_HERE = Path(__file__).parent
_NEEDED = ("manifest.json", "datapackage.json")


def write_explorer(folder: Path, kept: Path | None) -> None:
    """Write `explorer.html` into the folder of a release whose other files, but for the crate, are in place."""
    (folder / FILE).write_text(page(folder, kept), "utf-8", newline="\n")


def page(folder: Path, kept: Path | None = None) -> str:
    """The page of a release, made from the files in its folder and from nothing else; `kept` only saves time.

    Raises PipelineError where the folder lacks what the page is made from.
    """
    lacking = [name for name in _NEEDED if not (folder / name).is_file()]
    if lacking:
        raise PipelineError(
            f"release {folder.name} lacks {', '.join(lacking)}, which the page is made from; restore it"
        )
    made = blocks(folder, kept)
    return document(made["about"], {name: packed(content) for name, content in made.items()})


def blocks(folder: Path, kept: Path | None = None) -> dict[str, Any]:
    """What the page of a release holds, by the name of the block that it is packed into; `kept` is where footnotes are."""
    about = described(folder)
    tables = {name: table_columns(folder / "parquet" / f"{name}.parquet") for name in held(about)}
    return {
        "about": about,
        "map": json.loads(_asset("map.json")),
        "licences": _asset("licences.txt"),
        "citation": list(dataset_note(about)),
        "footnotes": _notes(folder, tables.get("document", {}), "claim" in tables, kept),
        **{f"table-{name}": columns for name, columns in tables.items()},
    }


def _notes(
    folder: Path, held: Mapping[str, list[Any]], claimed: bool, kept: Path | None
) -> dict[str, dict[str, dict[str, list[str]]]]:
    """For each document its notes by locator, and by the document that it cites there itself.

    The note of a document as a whole stands under an empty locator, and what cites no other under an empty id. Where the
    page holds no claims, there are only those.
    """
    documents = [dict(zip(held, row, strict=True)) for row in zip(*held.values(), strict=True)]
    known = {row["document_id"] for row in documents}
    sources = _sources(folder) if claimed and known else []
    cited = {s for s in sources if all(p.document_id in known for p in s.passages)}
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for source, note in notes_of(documents, cited | {Source(Passage(name, None)) for name in known}, kept).items():
        origin = source.origin.document_id if source.origin else ""
        found.setdefault(source.read.document_id, {}).setdefault(source.read.locator or "", {})[origin] = list(note)
    return found


def _sources(folder: Path) -> list[Source]:
    """What the claims of a release rest on."""
    import duckdb

    claim, reference = (literal(folder / "parquet" / f"{name}.parquet") for name in ("claim", "reference"))
    place = ORIGIN_LOCATOR.format(reference=reference)
    with duckdb.connect(":memory:") as con:
        sql = f"SELECT DISTINCT document_id, locator, origin_document_id, {place} FROM {claim} c"
        return [Source.of(*row) for row in con.execute(sql).fetchall()]


def _asset(name: str) -> str:
    return (_HERE / "assets" / name).read_text("utf-8")


def title(about: Mapping[str, Any]) -> str:
    """What the page is called, of what a release says of itself."""
    return f"{about['dataset']['title']}, version {about['version']}"


def document(about: Mapping[str, Any], blocks: Mapping[str, str]) -> str:
    """The page with some blocks, each packed."""
    style = "".join(path.read_text("utf-8") for path in sorted((_HERE / "styles").glob("*.css")))
    scripts = [_asset("vendor.js"), _asset("explorer.js")]
    called = html.escape(title(about))
    data = "".join(
        f'<script type="application/octet-stream" id="{html.escape(name)}">{text}</script>\n'
        for name, text in blocks.items()
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, scripts)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="description" content="{html.escape(about["dataset"]["description"])}">\n'
        f"<title>{called}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<noscript><p class="noscript">{called}. This page shows its data with JavaScript, which is switched off here. '
        "The same tables are in the folders csv and parquet of the release.</p></noscript>\n"
        f"{data}{''.join(f'<script>{script}</script>{chr(10)}' for script in scripts)}</body>\n</html>\n"
    )


def _policy(style: str, scripts: list[str]) -> str:
    """A Content-Security-Policy by which only these texts run or style, and the page can reach nothing."""
    if any("</script" in script.lower() or "<!--" in script for script in scripts) or "</style" in style.lower():
        raise PipelineError("an asset of the page would end its own element; build the assets anew with make assets")
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_digest, scripts))}",
            f"style-src {_digest(style)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
