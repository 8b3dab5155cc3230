"""A story as one HTML page without scripts, every change listed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pipeline.diff.story import SECTIONS, Line, Story
from pipeline.diff.told import Notes

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .3rem .6rem .3rem 0;
  text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td.old { opacity: .7; } sup a { text-decoration: none; } summary { cursor: pointer; padding: .3rem 0; }
ol { overflow-wrap: anywhere; }
"""


def as_page(story: Story) -> str:
    """The whole page."""
    notes = Notes()
    title = f"Changes from {escape(story.old)} to {escape(story.new)}"
    body = [f"<h1>{title}</h1>", "<ul>", *(f"<li>{escape(str(r))}</li>" for r in story.reasons), "</ul>"]
    for section, heading in SECTIONS.items():
        tables = story.of(section)
        if tables:
            body += [f'<section id="{section}"><h2>{escape(heading)}</h2>']
            for table, lines in tables.items():
                body += _table(story, notes, table, lines, section)
            body += ["</section>"]
    if notes.texts:
        body += ["<h2>Notes</h2>", "<ol>"]
        body += [f'<li id="note-{n}">{_linked(text)}</li>' for text, n in notes.texts.items()] + ["</ol>"]
    head = f'<meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width">'
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    page = "\n".join(body)
    return f'<!doctype html>\n<html lang="en"><head>{head}{policy}<style>{_STYLE}</style></head>\n<body>\n{page}\n</body></html>\n'


def _table(story: Story, notes: Notes, table: str, lines: list[Line], section: str) -> Iterator[str]:
    opened = "" if section in ("added", "evidence") else " open"
    yield f"<details{opened}><summary><b>{escape(table)}</b> ({len(lines)})</summary><table>"
    yield "<tr><th>row</th><th>column</th><th>before</th><th>after</th><th>notes</th></tr>"
    for line in lines:
        marks = " ".join(f'<sup><a href="#note-{n}">{n}</a></sup>' for n in notes.numbers(story, line))
        cells = (line.key, line.column, line.old, line.new)
        kinds = ("", "", ' class="old"', "")
        yield f"<tr>{''.join(f'<td{k}>{escape(c)}</td>' for k, c in zip(kinds, cells, strict=True))}<td>{marks}</td></tr>"
    yield "</table></details>"


def _linked(note: str) -> str:
    text, mark, address = note.partition(". http")
    if not mark:
        return escape(note)
    url = escape(f"http{address}", quote=True)
    return f'{escape(text)}. <a href="{url}">{url}</a>'
