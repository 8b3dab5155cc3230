"""Citations in any CSL style, and bibliographies in other formats, by pandoc and its citeproc."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version as installed
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.cite.printed import as_printed
from pipeline.cite.source import Passage, Source
from pipeline.problems import PipelineError

Item = Mapping[str, Any]

WRITERS: Mapping[str, str] = {"text": "plain", "markdown": "commonmark", "html": "html"}
"""The forms of a citation to read, each with what pandoc calls it."""

PACKAGE = "pypandoc-binary"
"""What brings the pandoc that is run."""

_HERE = Path(__file__).parent
_STYLES = _HERE / "styles"


def style_file(style: str) -> Path:
    """The file of a style that is named, or given as a file. Raises PipelineError where there is none, or none of its own."""
    path = _STYLES / f"{style}.csl"
    if not path.is_file():
        path = Path(style)
    if not path.is_file():
        have = ", ".join(sorted(p.stem for p in _STYLES.glob("*.csl")))
        raise PipelineError(f"there is no style {style}; name a CSL file, or one of {have}")
    text = path.read_text("utf-8", errors="replace")
    if "<style" not in text:
        raise PipelineError(f"{style} is no CSL style; one begins with <style>")
    parent = re.search(r'<link[^>]*rel="independent-parent"', text)
    if parent:
        named = re.search(r'href="[^"]*/([^"/]+)"', parent[0])
        raise PipelineError(
            f"{style} only says that it is the same as {named[1] if named else 'another'}; name that file"
        )
    return path


def makes_notes(style: Path) -> bool:
    """Whether a style cites in notes, and not in the text with a list of references."""
    found = re.search(r'<style[^>]*\bclass="(\w[\w-]*)"', style.read_text("utf-8", errors="replace"))
    return found is not None and found[1] == "note"


def cited(items: Iterable[Item], sources: Sequence[Source], style: Path, form: str) -> list[str]:
    """Each source as a style cites it for the first time: a footnote, or what stands in the text."""
    shown: list[str] = [""] * len(sources)
    known = {item["id"]: item for item in items}
    notes = makes_notes(style)
    for batch in [[*range(len(sources))]] if notes and sources else _apart(sources):
        cites = [_apart_from_others(sources[n], n) if notes else sources[n] for n in batch]
        named = {
            new.document_id: known[old.document_id]
            for n, cite in zip(batch, cites, strict=True)
            for new, old in zip(cite.passages, sources[n].passages, strict=True)
        }
        paragraphs = [{"t": "Para", "c": [_cite(cite)]} for cite in cites]
        text = _rendered(paragraphs, [{**named[i], "id": i} for i in sorted(named)], style, form, suppress=True)
        for n, paragraph in zip(batch, re.split(r"\n{2,}|(?<=</p>)\n", text.strip()), strict=True):
            shown[n] = _unhidden(paragraph)
    return shown


def references(items: Sequence[Item], style: Path, form: str) -> str:
    """The items as a style's list of references."""
    nocite = {"nocite": {"t": "MetaInlines", "c": [_cite_of([_citation(Passage("*", None), "")])]}}
    return _rendered([], items, style, form, suppress=False, meta=nocite).strip()


def converted(items: Sequence[Item], to: str) -> str:
    """The items as `bibtex` or `biblatex`."""
    if to == "bibtex":  # which has no field for a version
        items = [{**item, "note": f"Version {item['version']}"} if "version" in item else item for item in items]
    text = _run(["-f", "csljson", "-t", to, "--wrap=none"], json.dumps(items, ensure_ascii=False))
    return re.sub(r"( date = \{[^}]*?)\\textasciitilde\{\}", r"\1~", text)  # a date is no text: 2009~ means about


def _apart_from_others(source: Source, number: int) -> Source:
    """A source whose documents have ids of their own, so that a style takes each for one not cited before."""
    read, *origin = (Passage(f"{p.document_id} {number}", p.locator) for p in source.passages)
    return Source(read, *origin)


def _apart(sources: Sequence[Source]) -> Iterator[list[int]]:
    """Numbers of sources in batches that name no document twice, since styles shorten what was cited before."""
    waiting = list(range(len(sources)))
    while waiting:
        seen: set[str] = set()
        batch: list[int] = []
        later: list[int] = []
        for n in waiting:
            ids = {p.document_id for p in sources[n].passages}
            (later if ids & seen else batch).append(n)
            seen |= ids
        yield batch
        waiting = later


_HERE_NO_COMMA = chr(0xE010)
_HERE_A_COMMA = chr(0xE011)
"""What stands before a mark that citeproc sets, and is to be set otherwise."""

_CITING = f"{_HERE_A_COMMA}citing"


def _cite(source: Source) -> dict[str, Any]:
    first, *others = source.passages
    return _cite_of([_citation(first, ""), *(_citation(other, _CITING) for other in others)])


def _cite_of(citations: list[dict[str, Any]]) -> dict[str, Any]:
    return {"t": "Cite", "c": [citations, [{"t": "Str", "c": "?"}]]}


def _citation(passage: Passage, prefix: str) -> dict[str, Any]:
    locator = f", {{{_hidden(passage.locator)}}}" if passage.locator else ""
    return {
        "citationId": passage.document_id,
        "citationPrefix": _words(prefix),
        "citationSuffix": _words(locator),
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 1,
        "citationHash": 0,
    }


def _words(text: str) -> list[dict[str, str]]:
    if not text:
        return []
    parts: list[dict[str, str]] = []
    for word in text.split(" "):
        parts += [{"t": "Space"}, {"t": "Str", "c": word}]
    return parts[1:]


_SPLITTING = " ,-\u2013&"
_HIDE = {ord(char): chr(0xE000 + n) for n, char in enumerate(_SPLITTING)}
_SHOW = {0xE000 + n: char for n, char in enumerate(_SPLITTING)}


def _hidden(locator: str) -> str:
    """A locator whose one part citeproc takes for one: it reads several where it sees a space, a comma or a dash.

    Terms of the plural (pp., nn.) do name several, and are left to it.
    """
    term, space, value = locator.partition(" ")
    several = re.fullmatch(r"([a-z])\1\.|secs\.|chs\.|paras\.|tbls\.|figs\.", term)
    return locator if several else f"{term}{space}{value.translate(_HIDE)}"


def _unhidden(text: str) -> str:
    for mark, set_so, wanted in ((_HERE_NO_COMMA, ", ", " "), (_HERE_A_COMMA, "; ", ", ")):
        text = text.replace(f"{set_so}{mark}", wanted).replace(mark, "")
    return text.translate(_SHOW)


def _rendered(
    blocks: list[dict[str, Any]],
    items: Sequence[Item],
    style: Path,
    form: str,
    *,
    suppress: bool,
    meta: Mapping[str, Any] | None = None,
) -> str:
    document = {"pandoc-api-version": [1, 23, 1], "meta": dict(meta or {}), "blocks": blocks}
    with tempfile.TemporaryDirectory(prefix="wb6-") as space:
        bibliography = Path(space) / "documents.json"
        shown = [as_printed(item, notes=makes_notes(style)) for item in items]
        bibliography.write_text(json.dumps(shown, ensure_ascii=False), "utf-8")
        arguments = ["--citeproc", f"--lua-filter={_HERE / 'notes.lua'}", f"--bibliography={bibliography}"]
        told = Path(space) / "style.csl"
        told.write_text(_by_itself(style), "utf-8")
        arguments += [f"--csl={told}", "-f", "json", "-t", WRITERS[form], "--wrap=none"]
        arguments += ["-M", f"suppress-bibliography={str(suppress).lower()}"]
        return _run(arguments, json.dumps(document, ensure_ascii=False))


def _by_itself(style: Path) -> str:
    """A style's text; one of notes without what makes a note depend on which others are made with it.

    Chicago's sets a comma before an imprint in brackets where a description stands for author and title: it is marked.
    """
    text = style.read_text("utf-8", errors="replace")
    if not makes_notes(style):
        return text
    text = re.sub(r'\sdisambiguate-add-[a-z-]+="[a-z]+"', "", text)
    return text.replace(f'{_IMPRINT} prefix="("', f'{_IMPRINT} prefix="{_HERE_NO_COMMA}("')


_IMPRINT = 'macro="source-monographic-publication-note"'


def _binary() -> Path:
    """The pandoc of the locked package, so that notes depend on no other that a machine has.

    Raises PipelineError where it is not there.
    """
    spec = find_spec("pypandoc")
    folder = Path(spec.origin).parent / "files" if spec and spec.origin else None
    path = folder and next((folder / name for name in ("pandoc", "pandoc.exe") if (folder / name).is_file()), None)
    if path is None:
        raise PipelineError(
            f"citations need the pandoc of the package {PACKAGE}, and no other; it is not there, install the package"
        )
    return path


def version() -> str:
    """The version of the package whose pandoc is run, and no other. Raises PipelineError where it is not there."""
    _binary()
    return installed(PACKAGE)


def _run(arguments: list[str], said: str) -> str:
    # Sandboxed, it reads no file and no address but those given to it.
    done = subprocess.run(  # noqa: S603
        [_binary(), "--sandbox", *arguments], input=said, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise PipelineError(f"pandoc cannot make the citation: {done.stderr.strip()}")
    return done.stdout
