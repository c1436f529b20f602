"""Random histories: undo to the start and redo to the end give equal states, with a restart anywhere between."""

import random
import shutil
import tempfile
from pathlib import Path

import invariants
from building import Sitting
from gestures import act
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotator.domain.errors import Refused
from annotator.services.session import Saving

SEVERAL = settings(
    max_examples=20,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller number is no smaller history
)


def state(sitting, documents):
    """What the database holds of the annotator's work, once everything is saved."""
    assert sitting.settle() is Saving.SAVED, sitting.session.failure
    return sitting.stored(documents)


def to_the_end(step):
    count = 0
    try:
        while True:
            step()
            count += 1
    except Refused:
        return count


@SEVERAL
@given(numbers=st.integers(0, 2**32).map(random.Random), before=st.integers(1, 15), after=st.integers(0, 15))
def test_undo_to_the_start_and_redo_to_the_end_give_equal_states(filled_database, numbers, before, after):
    template, documents = filled_database
    with tempfile.TemporaryDirectory() as folder:
        database = Path(shutil.copy(template, Path(folder) / "a.sqlite3"))
        with Sitting(database) as sitting:
            for _ in range(before):
                act(sitting, numbers, documents)
            halfway = state(sitting, documents)
        with Sitting(database) as sitting:
            assert state(sitting, documents) == halfway
            for _ in range(after):
                act(sitting, numbers, documents)
            end = state(sitting, documents)
            if sitting.session.document:
                assert sitting.session.document.rows.items() <= end.items()
            invariants.check(sitting.workspace)
            undone = to_the_end(sitting.session.undo)
            assert state(sitting, documents) == {}
            invariants.check(sitting.workspace)
        with Sitting(database) as sitting:
            for _ in range(undone):
                sitting.session.redo()
            assert state(sitting, documents) == end
            to_the_end(sitting.session.redo)
            final = state(sitting, documents)
            invariants.check(sitting.workspace)
            assert invariants.replayed(sitting.workspace) == final


@SEVERAL
@given(numbers=st.integers(0, 2**32).map(random.Random), count=st.integers(1, 25))
def test_the_database_always_says_what_the_window_shows(filled_database, numbers, count):
    template, documents = filled_database
    with tempfile.TemporaryDirectory() as folder:
        database = Path(shutil.copy(template, Path(folder) / "a.sqlite3"))
        with Sitting(database) as sitting:
            for _ in range(count):
                act(sitting, numbers, documents)
                document = sitting.session.document
                assert document.rows.items() <= state(sitting, documents).items()
            shown = document.id, document.spans, document.quotations, document.persons
            assert invariants.replayed(sitting.workspace) == state(sitting, documents)
        with Sitting(database) as sitting:
            sitting.session.open(shown[0])
            document = sitting.session.document
            assert (document.id, document.spans, document.quotations, document.persons) == shown


@SEVERAL
@given(numbers=st.integers(0, 2**32).map(random.Random), turns=st.integers(1, 6))
def test_two_annotators_with_one_register_never_hurt_each_other(filled_database, numbers, turns):
    template, documents = filled_database
    with tempfile.TemporaryDirectory() as folder:
        database = Path(shutil.copy(template, Path(folder) / "a.sqlite3"))
        for turn in range(turns):
            with Sitting(database, "Ann" if turn % 2 else "Bea") as sitting:
                for _ in range(4):
                    act(sitting, numbers, documents)
                assert sitting.settle() is Saving.SAVED, sitting.session.failure
                invariants.check(sitting.workspace)
