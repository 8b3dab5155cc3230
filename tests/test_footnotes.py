"""Footnotes of facts of every kind, against notes made by hand after the Chicago Manual of Style (18th edition, chapters 13 and 14)."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from pipeline.cli import cli

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
        "Order of the Republic of Serbia (2007), https://srbija.gov.rs/kosovo-metohija/en/42050.",
    ),
    "a speech": (
        "milestone SRB eu cluster_1_found_open",
        "“Remarks by Commissioner Várhelyi After the First Political Intergovernmental Conference with Serbia,” "
        "European Commission, June 22, 2021, https://ec.europa.eu/commission/commissioners/2019-2024/varhelyi/"
        "announcements/remarks-commissioner-varhelyi-after-first-political-igc-serbia_en.",
    ),
    "a page without a date": (
        "membership MNE nato member 1 --column start",
        "“Development of Relations Between Montenegro and NATO: Key Dates,” Government of Montenegro, "
        "https://www.gov.me/en/article/development-of-relations-between-montenegro-and-nato-key-dates.",
    ),
    "an entry of a database": (
        "relation china-montenegro-bar-boljare-loan --column party_b",
        "“China Eximbank Credit for Bar-Boljare Phase 1 (Project 42330),” AidData, William & Mary, n.d., "
        "https://china.aiddata.org/projects/42330/.",
    ),
    "an article of an encyclopedia, in German": (
        "mission_strength kfor 2023-06 --column nations",
        "“KFOR (revision 238079700),” Wikipedia, https://de.wikipedia.org/wiki/?oldid=238079700&title=KFOR.",
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
