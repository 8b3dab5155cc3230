"""A document as a style is to print it, where what the bibliography says of it must be put in another of CSL's words.

Exports keep the bibliography's own: see `pipeline.csl.citable`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bs": "Bosnian",
    "cnr": "Montenegrin",
    "cs": "Czech",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fr": "French",
    "hr": "Croatian",
    "hu": "Hungarian",
    "it": "Italian",
    "ko": "Korean",
    "mk": "Macedonian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "tr": "Turkish",
    "uk": "Ukrainian",
}

_SUPPLIED = re.compile(r"\[([^\[\]]+)\]")
_SMALL = re.compile(r"(?<=[\w,\u2019'] )(?:And|As|At|By|For|From|In|Of|On|Or|To|With)(?= )")
"""Words that Chicago writes small within a title, and that citeproc leaves as they are where a site writes each large."""

_FILE = re.compile(r"[\w./-]*(?:_|[a-z0-9]\.(?=[a-z]))[\w./-]*")
"""A name of a file, a site or a column, which has capitals of its own."""
_BY_ITSELF = ("article", "dataset", "document", "manuscript", "speech", "webpage")
"""Types whose publisher follows the title, and not in the brackets of an imprint."""


def as_printed(item: Mapping[str, Any], *, notes: bool) -> dict[str, Any]:
    """An item for a style, which may be one of notes."""
    shown = _titled(_once(item))
    for name in ("container-title", "publisher"):
        if name in shown:
            shown[name] = _kept(shown[name])
    return _noted(shown) if notes else shown


def _kept(text: str) -> str:
    """A text whose capitals no style changes: jjvanka.net is no Jjvanka.net."""
    return f'<span class="nocase">{text}</span>'


def _titled(item: Mapping[str, Any]) -> dict[str, Any]:
    """A title in square brackets is the curator's, so it describes the document and is not quoted."""
    title = item.get("title", "")
    supplied = _SUPPLIED.fullmatch(title)
    tag = str(item.get("language", "")).partition("-")[0]
    if not supplied:
        small = _SMALL.sub(lambda found: found[0].lower(), title) if tag == "en" else title
        return {**item, "title": _FILE.sub(lambda found: _kept(found[0]), small)} if title else {**item}
    language = _LANGUAGES.get(tag)
    rest = {name: value for name, value in item.items() if name != "title"}
    return {**rest, "genre": f"{supplied[1]} [in {language}]" if language else supplied[1]}


def _once(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item that names a body or a person once, where the author published it, too."""
    named = {a.get("literal") or f"{a.get('given', '')} {a.get('family', '')}".strip() for a in item.get("author", ())}
    twice = {name for name in ("container-title", "publisher") if named == {item.get(name)}}
    if item.get("type") not in _BY_ITSELF:
        twice -= {"publisher"}
    return {name: value for name, value in item.items() if name not in twice}


def _noted(item: dict[str, Any]) -> dict[str, Any]:
    """An item for notes: every one has a date or says that it has none, and acts of states are no numbered public laws.

    As a `treaty`, Chicago prints the title of an act, the body and the day; its `legislation` is of the United States.
    """
    if item.get("type") == "legislation":
        item["type"] = "treaty"
    if "accessed" not in item:
        item.setdefault("issued", {"literal": "n.d."})
    return item
