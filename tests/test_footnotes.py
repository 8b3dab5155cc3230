"""Footnotes of facts of every kind, against notes made by hand after the Chicago Manual of Style (18th edition, chapters 13 and 14)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.bibliography import read_bibliography
from pipeline.cite.notes import notes_of
from pipeline.cite.source import Passage, Source
from pipeline.cli import cli
from tests.conftest import ROOT

RELEASE = "0.2.0"
"""A committed release never changes, so neither do the notes of its facts."""

NOTES = {
    "a report, by section and note, which cites a book by page": (
        "assessment bosnia-and-herzegovina-no-deployment --column subject",
        "Emmanuele Panero, The Western Balkans into NATO: Security Perspectives (CeSI \u2013 Centro Studi Internazionali, 2023), "
        "sec. Bosnia and Herzegovina, n. 23, citing The International Institute for Strategic Studies, "
        "The Military Balance 2023 (Routledge, 2023), 76.",
    ),
    "a report of a body, without an author": (
        "mission_strength kfor 2000-02-22",
        "Monthly Report to the United Nations on the Operations of the Kosovo Force (24 January to 22 February 2000) "
        "(United Nations Security Council, 2000), "
        "https://reliefweb.int/report/serbia/monthly-report-united-nations-operations-kosovo-force.",
    ),
    "an article of a newspaper, signed": (
        "deployment GRC kfor XKX 2010-10 contingent",
        "Nicolas Gros-Verheyde, “KFOR Reduced to 5500 Men in Early 2011,” Bruxelles2, October 2010, "
        "https://www.bruxelles2.eu/en/2010/10/kfor-reduced-to-5500-men-at-the-beginning-of-2011/.",
    ),
    "an article of a magazine": (
        "milestone ALB nato application_submitted",
        "Zef Mazi, “Newest in Nato,” Embassy Magazine, April 2009, "
        "http://embassymagazine.com/defence/def_news/emb16_def1.html.",
    ),
    "a treaty": (
        "organisation pfp --column established",
        "Partnership for Peace: Framework Document, January 10, 1994, https://www.nato.int/docu/basictxt/b940110b.htm.",
    ),
    "a resolution of a parliament": (
        "policy serbia-neutrality-resolution --column title",
        "Resolution of the National Assembly on the Protection of Sovereignty, Territorial Integrity and Constitutional "
        "Order of the Republic of Serbia, December 26, 2007, https://srbija.gov.rs/kosovo-metohija/en/42050.",
    ),
    "a speech": (
        "milestone SRB eu cluster_1_found_open",
        "“Remarks by Commissioner Várhelyi After the First Political Intergovernmental Conference with Serbia,” "
        "European Commission, June 22, 2021, https://ec.europa.eu/commission/commissioners/2019-2024/varhelyi/"
        "announcements/remarks-commissioner-varhelyi-after-first-political-igc-serbia_en.",
    ),
    "a page without a date": (
        "membership MNE nato member 1 --column start",
        "“Development of Relations Between Montenegro and NATO: Key Dates,” Government of Montenegro, n.d., "
        "https://www.gov.me/en/article/development-of-relations-between-montenegro-and-nato-key-dates.",
    ),
    "an entry of a database": (
        "relation china-montenegro-bar-boljare-loan --column party_b",
        "“China Eximbank Credit for Bar-Boljare Phase 1 (Project 42330),” AidData, William & Mary, n.d., "
        "https://china.aiddata.org/projects/42330/.",
    ),
    "an article of an encyclopedia, in German": (
        "mission_strength kfor 2023-06 --column nations",
        "“KFOR (revision 238079700),” Wikipedia, n.d., https://de.wikipedia.org/wiki/?oldid=238079700&title=KFOR.",
    ),
    "a pamphlet": (
        "mission_strength eufor-althea 2009-05 --column personnel",
        "EU Military Operation in Bosnia and Herzegovina (Operation EUFOR ALTHEA), Updated May 2009 (Althea/15) "
        "(European Union, 2009), https://pdfslide.net/documents/"
        "eu-military-operation-in-bosnia-and-herzegovina-operation-2012-09-05-operation.html.",
    ),
    "a book without a date": (
        "organisation coe --column established",
        "Connexions illimitées (German edition) (Council of Europe, n.d.), "
        "https://issuu.com./councilofeurope/docs/connexions_illimitees_de.",
    ),
    "a weblog": (
        "milestone MNE nato intensified_dialogue_invited",
        "“NATO Invites Bosnia to Intensify Dialogue,” bosnianews (blog), April 2008, "
        "http://bosnianews.blogspot.com/2008/04/nato-invites-bosnia-to-intensify.html.",
    ),
}


@pytest.mark.parametrize("kind", NOTES)
def test_the_footnote_of_a_fact_is_the_note_made_by_hand(kind: str) -> None:
    fact, note = NOTES[kind]

    done = CliRunner().invoke(cli, ["cite", *fact.split(), "--release", RELEASE])

    assert done.stdout == f"{note}\n"
    assert done.exit_code == 0


DOCUMENTS = {
    "a report of an agency, on a site that carries it": (
        "kuna2023-kfor",
        "Kuwait News Agency, “NATO Reinforcements Arrive in Kosovo,” MENAFN, October 6, 2023, "
        "https://menafn.com/1107204706/NATO-Reinforcements-Arrive-In-Kosovo.",
    ),
    "a report of an agency in a newspaper, read at an aggregator": (
        "danas2023-kfor",
        "FoNet, “Novi bataljon italijanskog KFOR-a stigao na Kosovo,” Danas, December 5, 2023, Naslovi.net, "
        "https://naslovi.net/2023-12-06/danas/novi-bataljon-italijanskog-kfor-a-stigao-na-kosovo/35151596.",
    ),
    "a signed article, read in a copy": (
        "stripes2012-kosovo",
        "Steven Beardsley, “Kosovo Aims to Form Military Force and Join NATO,” Stars and Stripes, December 24, 2012, "
        "Floripress, https://floripress.blogspot.com/2012/12/kosovo-aims-to-form-military-force-and.html.",
    ),
    "a resolution of the Security Council": (
        "unsc1999",
        "Resolution 1244 (1999), United Nations Security Council, June 10, 1999, "
        "https://unmik.unmissions.org/sites/default/files/regulations/02english/E1999regs/1244.htm.",
    ),
    "an article of a journal, by volume and issue": (
        "kluwer2025-ceec",
        "“The Chinese Strategy of Cooperation with Central and Eastern Europe: Temporary Difficulties or the Prospect of "
        "Imminent Collapse?” European Foreign Affairs Review 30, no. 1 (2025), "
        "https://kluwerlawonline.com/journalarticle/European+Foreign+Affairs+Review/30.1/EERR2025013.",
    ),
    "a table of a body, kept in a repository": (
        "nato2026-primacy-premium",
        "“Defence Expenditure of NATO Countries, Edition of 2026, Table 3,” NATO, 2026, alyssaagard/primacy-premium, "
        "data/processed/nato_burden.csv, GitHub, https://github.com/alyssaagard/primacy-premium/blob/"
        "29adf1b143afc2f9a9fb79ea9984e29b02a4fb30/data/processed/nato_burden.csv.",
    ),
    "an article in German whose title is not known, by what it tells": (
        "sueddeutsche2022-iran",
        "Süddeutsche Zeitung, Albania breaks off relations with Iran [in German], September 2022, "
        "https://www.sueddeutsche.de/politik/albanien-tirana-erzuernt-ueber-iran-1.5652743.",
    ),
    "a page of a body that names itself as its author": (
        "nato2013-ksf",
        "NATO, “The Kosovo Security Force Now Self-Sustainable,” July 9, 2013, "
        "https://www.nato.int/cps/en/natohq/news_101890.htm.",
    ),
    "an article without a date": (
        "vienna2009",
        "“Bosnien stellt Antrag auf NATO-Beitritt,” VIENNA.AT, n.d., "
        "https://www.vienna.at/bosnien-stellt-antrag-auf-nato-beitritt/2025693.",
    ),
    "a video": (
        "dvids-airpolicing",
        "Safe Skies: NATO Air Policing, from the Eastern Adriatic to the Western Balkans, video (NATO, n.d.), "
        "Defense Visual Information Distribution Service, https://www.dvidshub.net/video/825743/"
        "safe-skies-nato-air-policing-eastern-adriatic-and-western-balkans-master.",
    ),
}
"""What the bibliography says of documents, by the ids that it gives them."""


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    rows = read_bibliography(ROOT / "sources" / "references.json", "references.json").rows.to_pylist()
    return [{**row, "authors": row["authors"].split("; ") if row["authors"] else None} for row in rows]


@pytest.fixture(scope="module")
def notes(documents: list[dict[str, Any]]) -> dict[str, str]:
    made = notes_of(documents, [Source(Passage(row["document_id"], None)) for row in documents])
    return {source.read.document_id: "".join(note) for source, note in made.items()}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_note_of_a_document_is_the_one_made_by_hand(kind: str, notes: dict[str, str]) -> None:
    document, note = DOCUMENTS[kind]

    assert notes[document] == note


WRONG = {
    "a title in nothing but brackets": r"“\[|(?:^|, )\[(?!\d{4}\?\])",
    "a year twice": r"\((\d{4})\) \(\1\)",
    "two commas, or a comma before an imprint": r",,|, \(",
    "an address that ends in a bare question mark": r"\?\.?$",
    "a name of a file as if it were a title": r"[A-Z]\w*_\w+\.[a-z]+(?=[ )])",
}


@pytest.mark.parametrize("what", WRONG)
def test_no_note_of_any_document_has(what: str, notes: dict[str, str]) -> None:
    found = [note for note in notes.values() if re.search(WRONG[what], note.split(", http")[0] + note[-1:])]

    assert found == []


def test_every_note_has_a_date_or_says_that_there_is_none(notes: dict[str, str]) -> None:
    dated = re.compile(r"\b\d{4}\b|\d{4}s\b|n\.d\.")

    assert [note for note in notes.values() if not dated.search(re.sub(r"https?:\S+", "", note))] == []


def test_no_work_has_two_names_and_no_address_a_bare_end(documents: list[dict[str, Any]]) -> None:
    """What carries a document, what it is a copy of and whose report it is each have a place of their own."""
    assert [row["document_id"] for row in documents if "; " in (row["publisher"] or "")] == []
    assert [row["document_id"] for row in documents if re.search(r"\?$|:443/|\./", row["url"] or "")] == []
