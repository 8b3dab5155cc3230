"""What an address asks for and this release does not have is said plainly, and the rest is shown."""

from __future__ import annotations

import pytest

from tests.explorer.conftest import Open, go


@pytest.mark.parametrize(
    ("address", "said", "rest"),
    [
        ("#/table/membership?f.foo=1", "the column “foo” is not known", "123 of 123 rows"),
        ("#/table/membership?sort=-foo", "the column “foo” is not known", "123 of 123 rows"),
        ("#/table/membership?f.status=nice", "As status, the value “nice” is not known", "123 of 123 rows"),
        ("#/table/membership?zip=3", "The setting “zip” is not known", "123 of 123 rows"),
        ("#/table/membership?page=99", "The page “99” is not known", "Rows 101 to 123"),
        (
            "#/table/mission_strength/mission_id=kfor|as_of=2023-10/size",
            "the column “size” is not known",
            "KFOR, 2023-10",
        ),
        ("#/map?date=2009-02-30", "The day “2009-02-30” is not known", "on 31 December 2025"),
        ("#/map?date=9999-01-01", "The day “9999-01-01” is not known", "on 31 December 2025"),
        ("#/map?date=never&org=nowhere", "The organisation “nowhere” is not known", "Albania"),
        ("#/timeline?country=ZZZ&from=then", "The country “ZZZ” is not known", "dated things of"),
        ("#/threats?actor=nobody", "The actor “nobody” is not known", "16 threats"),
        ("#/conflicts?kind=odd", "The kind “odd” is not known", "disagreements of"),
        ("#/mission/kfor?nation=ZZZ", "The nation “ZZZ” is not known", "personnel over time"),
        ("#/country/SRB/more", "The part of the address “more” is not known", "Serbia"),
    ],
)
def test_what_an_address_asks_for_and_is_not_known_is_said_and_the_rest_is_shown(
    known: Open, address: str, said: str, rest: str
) -> None:
    text = known(address).locator("main").inner_text()

    assert said in text and rest in text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("#/table/none", "There is no table “none” in release"),
        ("#/table/claim/claim_id=none", "The table claim of release"),
        ("#/country/ZZZ", "There is no country “ZZZ” in release"),
        ("#/nowhere", "There is no view “nowhere”"),
    ],
)
def test_an_address_without_a_thing_names_what_is_not_there(known: Open, address: str, said: str) -> None:
    assert said in known(address).locator("main").inner_text()


def test_a_known_address_says_nothing_of_what_is_not_known(known: Open) -> None:
    tab = known("#/about")
    for address in (
        "#/table/membership?f.organisation_id==nato&sort=-start&f.start_latest=2009",
        "#/timeline?from=1990&to=2025&off=threat,organisation&lanes=kind",
        "#/map?date=2009-04-01&org=eu",
        "#/mission/kfor?at=2017-02&nation=ITA",
        "#/search?q=kfor",
    ):
        go(tab, address)
        assert tab.locator(".notice").count() == 0, address
