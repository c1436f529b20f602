"""Edits: row changes on arbitrary rows, taken back and done again."""

from copy import deepcopy
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.edits import (
    RowChange,
    Table,
    apply_change,
    apply_fitting,
    change_row,
    fits,
    invert,
)

KEYS = st.tuples(st.sampled_from(Table), st.integers(1, 4).map(lambda number: UUID(int=number)))
VALUES = st.none() | st.integers(0, 3) | st.text(max_size=2) | st.lists(st.integers(0, 3), max_size=2)
ROWS = st.fixed_dictionaries({"a": VALUES, "b": VALUES, "c": VALUES})
TABLES = st.dictionaries(KEYS, ROWS, max_size=6)


@st.composite
def histories(draw):
    """Rows to start from and changes that lead on from them, one after the other."""
    start = draw(TABLES)
    rows, changes = deepcopy(start), []
    for key, new in draw(st.lists(st.tuples(KEYS, st.none() | ROWS), max_size=12)):
        change = change_row(key, 1, rows.get(key), new)
        if change:
            changes.append(change)
            apply_change(rows, change)
    return start, changes, rows


@given(KEYS, st.none() | ROWS, st.none() | ROWS)
def test_a_change_leads_from_the_old_row_to_the_new_one(key, old, new):
    rows = {} if old is None else {key: old}
    change = change_row(key, None, old, new)
    if change is None:
        assert old == new
    else:
        assert fits(rows, change)
        apply_change(rows, change)
        assert rows == ({} if new is None else {key: new})


@given(histories())
def test_changes_taken_back_give_the_rows_from_before(history):
    start, changes, rows = history
    done, left = apply_fitting(rows, invert(changes))
    assert (rows, left, len(done)) == (start, [], len(changes))


@given(histories())
def test_changes_taken_back_and_done_again_give_the_same_rows(history):
    start, changes, after = history
    assert invert(invert(changes)) == tuple(changes)
    rows = deepcopy(start)
    done, left = apply_fitting(rows, changes)
    assert (rows, done, left) == (after, changes, [])


@given(histories(), TABLES)
def test_what_was_changed_meanwhile_stays_and_is_named(history, others):
    _, changes, rows = history
    meanwhile = {**rows, **others}
    before = deepcopy(meanwhile)
    done, left = apply_fitting(meanwhile, invert(changes))
    assert len(done) + len(left) == len(changes)
    touched = {change.key for change in done}
    assert {key: row for key, row in meanwhile.items() if key not in touched} == {
        key: row for key, row in before.items() if key not in touched
    }


@given(histories())
def test_applying_never_changes_a_row_that_somebody_else_holds(history):
    start, changes, _ = history
    held = deepcopy(start)
    rows = dict(start)
    apply_fitting(rows, changes)
    assert start == held


def test_a_change_of_a_row_that_stays_holds_the_changed_fields_only():
    change = change_row((Table.SPAN, UUID(int=1)), 7, {"a": 1, "b": 2}, {"a": 1, "b": 3})
    assert change == RowChange(Table.SPAN, UUID(int=1), 7, {"b": 2}, {"b": 3})


def test_a_row_that_came_since_is_no_place_for_an_insertion():
    change = RowChange(Table.SPAN, UUID(int=1), 7, None, {"a": 1})
    assert not fits({change.key: {"a": 1}}, change)
    assert fits({}, change)


def test_a_field_that_was_changed_since_hinders_and_another_does_not():
    change = RowChange(Table.SPAN, UUID(int=1), 7, {"a": 1}, {"a": 2})
    assert fits({change.key: {"a": 1, "b": 9}}, change)
    assert not fits({change.key: {"a": 3, "b": 9}}, change)
    assert not fits({}, change)
