"""CITATION.cff: how to cite the release, in the Citation File Format (https://citation-file-format.github.io)."""

from __future__ import annotations

from pipeline.standards.staged import Staged
from schemas.fields import STATUS_NOTE


def citation(staged: Staged) -> str:
    """The file's text. Who cites the data names the version, since another one may say something else."""
    import yaml

    dataset = staged.dataset
    fields = {
        "cff-version": "1.2.0",
        "message": (
            f"To cite the data, name the version you used: {reference(staged)} "
            "To cite a fact, cite the document that its claim names."
        ),
        "type": "dataset",
        "title": dataset.title,
        "version": staged.version,
        # The format does not demand a date, so the cut-off date need not stand in for one that is not known.
        **({"date-released": dataset.issued.isoformat()} if dataset.issued else {}),
        "authors": [{"name": dataset.publisher}],
        "license": dataset.licence,
        "abstract": f"{dataset.description} {STATUS_NOTE}",
        **({"keywords": list(dataset.keywords)} if dataset.keywords else {}),
    }
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=100)


def reference(staged: Staged) -> str:
    """The release as an entry of a bibliography."""
    dataset = staged.dataset
    year = f" ({dataset.issued.year})" if dataset.issued else ""
    return f"{dataset.publisher}{year}. {dataset.title}, version {staged.version} [data set]. {dataset.licence}."


def bibtex(staged: Staged) -> str:
    """The release as a BibTeX entry."""
    dataset = staged.dataset
    fields = {
        "author": f"{{{dataset.publisher}}}",  # braced twice, so that a body's name is not split as a person's
        "title": f"{{{dataset.title}}}",
        **({"year": str(dataset.issued.year)} if dataset.issued else {}),
        "version": staged.version,
        "note": f"Data set, {dataset.licence}",
    }
    key = f"{dataset.name}-{staged.version}"
    return f"@misc{{{key}, " + ", ".join(f"{name} = {{{value}}}" for name, value in fields.items()) + "}"
