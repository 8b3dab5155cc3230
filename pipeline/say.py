"""What is printed: to a terminal nothing that it would obey, hide or turn around; into files and pipes as it is."""

from __future__ import annotations

import sys

import click

from pipeline.hidden import plain_lines


def say(text: str | bytes, *, err: bool = False, nl: bool = True) -> None:
    """Print what holds texts of a release, which anybody may have made."""
    stream = sys.stderr if err else sys.stdout
    if stream.isatty():
        text = plain_lines(text.decode("utf-8", "replace") if isinstance(text, bytes) else text)
    click.echo(text, err=err, nl=nl)
