"""Laws of the diff, on random releases: tables with cells, lists and counts, claims, renamed ids, other shapes."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from pipeline.engine import connect
from tests.compared import Change, Shape, State, apply, changes, diff, load

ORGANISATION = Shape(("organisation_id",), {"organisation_id": "VARCHAR", "name": "VARCHAR", "kind": "VARCHAR"})
MEMBERSHIP = Shape(
    ("iso3", "organisation_id"),
    {"iso3": "VARCHAR", "organisation_id": "VARCHAR", "status": "VARCHAR", "seats": "BIGINT"},
)
MISSION = Shape(
    ("mission_id",), {"mission_id": "VARCHAR", "name": "VARCHAR", "organisation_id": "VARCHAR", "hosts": "VARCHAR[]"}
)

ids = st.sampled_from(["eu", "nato", "un"])
words = st.none() | st.sampled_from(["one", "two", 'odd "=|; ,\n'])
shapes = st.fixed_dictionaries(
    {
        "organisation": st.sampled_from(
            [
                ORGANISATION,
                Shape(("organisation_id",), {**ORGANISATION.columns, "seat": "VARCHAR"}),
                Shape(("organisation_id",), {**ORGANISATION.columns, "seat": "BIGINT"}),
            ]
        ),
        "membership": st.sampled_from([MEMBERSHIP, Shape(("iso3", "organisation_id", "status"), MEMBERSHIP.columns)]),
    },
    optional={"mission": st.just(MISSION)},
)


@st.composite
def states(draw: st.DrawFn, fixed: bool = False) -> State:
    """A release; with `fixed`, of the one shape."""
    shape = {"organisation": ORGANISATION, "membership": MEMBERSHIP} if fixed else draw(shapes)
    found: dict[str, list[dict[str, Any]]] = {}
    for name, table in shape.items():
        by_key = itemgetter(*table.key)
        found[name] = draw(st.lists(rows_of(table), min_size=1, max_size=5, unique_by=by_key))
    state = State(shape, found, {})
    cells = [(c["table_name"], c["row_key"], c["column_name"]) for c in state.claims()]
    return State(shape, found, {cell: draw(st.sampled_from(["d1", "d2"])) for cell in cells})


def rows_of(table: Shape) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of a table; parts of a key are filled."""
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "VARCHAR": words,
        "BIGINT": st.none() | st.integers(0, 3),
        "VARCHAR[]": st.none() | st.lists(ids, min_size=1, max_size=2, unique=True),
    }
    keys = {"iso3": st.sampled_from(["ALB", "SRB"]), "status": st.sampled_from(["member", "partner"])}
    return st.fixed_dictionaries(
        {c: keys.get(c, ids if c.endswith("_id") else by_type[t]) for c, t in table.columns.items()}
    )


@st.composite
def successors(draw: st.DrawFn, a: State) -> State:
    """A release that follows on another: an id renamed wherever it stands, or some rows gone and some cells changed."""
    rename = draw(st.sampled_from([None, "eu", "nato"]))
    found: dict[str, list[dict[str, Any]]] = {}
    for name, rows in a.rows.items():
        kept = [dict(row) for row in rows if draw(st.integers(0, 5))]
        for row in kept if draw(st.booleans()) else []:
            column = draw(st.sampled_from([c for c in a.shapes[name].columns if c not in a.shapes[name].key]))
            row[column] = draw(rows_of(a.shapes[name]))[column]
        found[name] = [{c: _renamed(value, rename) for c, value in row.items()} for row in kept]
    cited = {tuple(_in_text(part, rename) for part in cell): document for cell, document in a.cited.items()}
    return State(a.shapes, found, cited)  # type: ignore[arg-type]


def _renamed(value: Any, old: str | None) -> Any:
    if isinstance(value, list):
        return [_renamed(item, old) for item in value]
    return f"{value}-renamed" if old and value == old else value


def _in_text(key: str, old: str | None) -> str:
    return key.replace(f"={old}", f"={old}-renamed") if old else key


pairs = st.tuples(states(), states()) | states().flatmap(lambda a: st.tuples(st.just(a), successors(a)))
triples = st.tuples(states(), states(), states()) | states().flatmap(
    lambda a: successors(a).flatmap(lambda b: st.tuples(st.just(a), st.just(b), successors(b)))
)
few = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@few
@given(states())
def test_a_release_does_not_differ_from_itself(a: State) -> None:
    assert diff(a, a) == [[]]


@few
@given(pairs)
def test_the_changes_from_one_release_to_another_make_the_other_of_the_one(pair: tuple[State, State]) -> None:
    a, b = pair
    with connect() as con:
        one, other = load(con, "a", a), load(con, "b", b)
        changed = changes(con, one, other)
        for change in changed:
            event(change.why)

        assert apply(changed, a.cells(con, "a")) == b.cells(con, "b")


@few
@given(pairs)
def test_the_order_of_rows_makes_no_difference(pair: tuple[State, State]) -> None:
    assert diff(*pair) == diff(*pair, backwards=True)


@few
@given(triples)
def test_two_steps_lead_where_one_does(triple: tuple[State, State, State]) -> None:
    a, b, c = triple
    with connect() as con:
        sides = [load(con, name, state) for name, state in zip("abc", (a, b, c), strict=True)]
        first, second, at_once = (changes(con, sides[i], sides[j]) for i, j in ((0, 1), (1, 2), (0, 2)))
        start = a.cells(con, "a")

        assert apply(second, apply(first, start)) == apply(at_once, start)


@few
@given(states(fixed=True), states(fixed=True), states(fixed=True))
def test_what_two_steps_change_adds_up_to_what_one_does(a: State, b: State, c: State) -> None:
    (first, second), (at_once,) = diff(a, b, c), diff(a, c)
    assume(not any(change.why == "renamed" for change in first + second + at_once))

    assert net(first, second) == cells(at_once)


def cells(changed: list[Change]) -> dict[tuple[str, str | None, str], tuple[str | None, str | None]]:
    """Old and new value of each changed cell."""
    return {(c.table, c.key, c.column): (c.old, c.new) for c in changed if c.column is not None}


def net(first: list[Change], second: list[Change]) -> dict[tuple[str, str | None, str], tuple[str | None, str | None]]:
    """Old and new value of each cell after both, without those that are as they were."""
    one, two = cells(first), cells(second)
    both = {
        cell: (one[cell][0] if cell in one else two[cell][0], two[cell][1] if cell in two else one[cell][1])
        for cell in one.keys() | two.keys()
    }
    return {cell: (old, new) for cell, (old, new) in both.items() if old != new}
