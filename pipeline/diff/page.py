"""A story as one HTML page without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pipeline.diff.story import Line, Story
from pipeline.diff.told import Numbers, written
from schemas.fields import STATUS_NOTE

LISTED = 1000
"""How many lines of one table a long section lists."""

_MARK = '<a href="#note-{0}">{0}</a>'

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .3rem .6rem .3rem 0;
  text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td:nth-child(3) { opacity: .75; } summary { cursor: pointer; padding: .3rem 0; }
ol { overflow-wrap: anywhere; }
"""


def as_page(story: Story) -> str:
    """The whole page."""
    numbers = Numbers()
    title = f"Changes from {escape(story.old)} to {escape(story.new)}"
    body = [f"<h1>{title}</h1>", f"<p><small>{escape(STATUS_NOTE)}</small></p>", f"<p>{escape(story.why)}</p>"]
    if story.reasons:
        body += ["<ul>", *(f"<li>{escape(str(reason))}</li>" for reason in story.reasons), "</ul>"]
        body += ["<table><tr><th>class</th><th>cells</th><th>in rows</th><th>claims</th></tr>"]
        body += [f"<tr><td>{name}</td>{''.join(f'<td>{n}</td>' for n in of)}</tr>" for name, of in story.counts.items()]
        body += ["</table>"]
    for section, heading, tables in story.sections():
        body += [f'<section id="{section}"><h2>{escape(heading)}</h2>']
        for table, lines in tables.items():
            body += _table(numbers, table, lines, story.totals[section, table])
        body += ["</section>"]
    if numbers.notes:
        body += ["<h2>Notes</h2>", "<ol>"]
        body += [
            f'<li id="note-{n}">{written(note, escape, "<i>{}</i>", _link)}</li>' for note, n in numbers.notes.items()
        ] + ["</ol>"]
    head = f'<meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width">'
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    page = "\n".join(body)
    return f'<!doctype html>\n<html lang="en"><head>{head}{policy}<style>{_STYLE}</style></head>\n<body>\n{page}\n</body></html>\n'


def _table(numbers: Numbers, table: str, lines: list[Line], total: int) -> Iterator[str]:
    opened = " open" if total <= 30 else ""
    yield f"<details{opened}><summary><b>{escape(table)}</b> ({total})</summary><table>"
    yield "<tr><th>row</th><th>column</th><th>before</th><th>after</th><th>notes</th></tr>"
    for line in lines:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in (line.key, line.column, line.old, line.new))
        yield f"<tr>{cells}<td>{numbers.marks(line, _MARK)}</td></tr>"
    if total > len(lines):
        yield f"<tr><td>and {total - len(lines)} more</td></tr>"
    yield "</table></details>"


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'
