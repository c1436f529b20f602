"""Import by the real worker, settings, places and the opening of a workspace."""

import pytest
from building import ARTICLE, Sitting

from annotator.domain.errors import Refused
from annotator.domain.marks import Status
from annotator.services.library import DocumentFilter, DocumentList, import_files, sample_files
from annotator.services.places import Places
from annotator.services.settings import Settings, ThemeChoice, load_settings, save_settings
from annotator.services.workspace import default_annotator_name, open_workspace
from annotator.worker.client import WorkerClient


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    with WorkerClient(log_path=tmp_path_factory.mktemp("worker") / "log") as worker:
        yield worker


@pytest.fixture
def workspace(tmp_path):
    workspace = open_workspace(tmp_path / "a.sqlite3", "Ann")
    yield workspace
    workspace.close()


def titles(workspace):
    return [info.title for info in DocumentList(workspace).page(DocumentFilter())]


def test_the_sample_articles_go_in_once(workspace, worker):
    files = sample_files()
    assert len(files) >= 4
    steps = []
    report = import_files(workspace, files, worker, progress=lambda done, total: steps.append((done, total)))
    assert (len(report.added), report.problems) == (len(files), [])
    assert steps[0] == (0, len(files))
    assert steps[-1] == (len(files), len(files))
    again = import_files(workspace, files, worker)
    assert (again.added, len(again.known)) == ([], len(files))
    assert len(titles(workspace)) == len(files)


def test_an_import_that_is_cancelled_keeps_what_is_in(workspace, worker, tmp_path):
    files = []
    for number in range(5):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(f"Title {number}\n\nText {number}.\n", "utf-8")
    asked = iter([False, False, True, True, True, True, True, True])
    report = import_files(workspace, files, worker, cancelled=lambda: next(asked, True))
    assert report.cancelled
    assert "cancelled" in report.summary
    assert 0 < len(report.added) < 5
    assert len(titles(workspace)) == len(report.added)
    assert len(import_files(workspace, files, worker).added) == 5 - len(report.added)


def test_bad_files_are_reported_and_the_rest_goes_in(workspace, worker, tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(ARTICLE, "utf-8")
    bad.write_bytes(b"")
    report = import_files(workspace, [bad, tmp_path / "missing.txt", good], worker)
    assert len(report.added) == 1
    assert [problem.file for problem in report.problems] == [str(bad), str(tmp_path / "missing.txt")]
    assert all(str(problem).endswith(".") for problem in report.problems)


def test_imported_annotations_are_one_edit_that_undo_leaves_alone(tmp_path, worker):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "Anna left.", "spans": [{"start": 0, "end": 4, "label": "PERSON"}], "answer": "accept"}\n'
    )
    with Sitting(tmp_path / "a.sqlite3") as sitting:
        report = import_files(sitting.workspace, [path], worker)
        assert len(report.annotated) == 1
        sitting.session.documents_came(report.added)
        with sitting.workspace.store.reading() as connection:
            kinds = [row[0] for row in connection.exec_driver_sql("SELECT kind FROM edit")]
        assert kinds == ["import"]
        assert sitting.session.undo_summary is None
        sitting.session.open(report.added[0])
        assert sitting.session.status is Status.DONE
        assert sitting.span("Anna").decided


def test_settings_survive(tmp_path):
    path = tmp_path / "folder" / "settings.json"
    settings = Settings(theme=ThemeChoice.DARK, annotator="Ann 😀", last_document=7, pane_sizes=(1, 2))
    save_settings(path, settings)
    assert load_settings(path) == settings
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"theme": "pink"}', b"\xff\xfe", b"[]", b'{"reading_size": "big"}'])
def test_broken_settings_are_kept_and_replaced_by_the_defaults(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    assert (tmp_path / "settings.json.bad").read_bytes() == content
    assert not path.exists()


def test_settings_of_a_later_version_are_read_as_far_as_they_are_known(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"annotator": "Ann", "hologram": true, "reading_size": 900}')
    assert load_settings(path) == Settings(annotator="Ann", reading_size=48)


def test_settings_that_cannot_be_written_stop_nothing(tmp_path):
    (tmp_path / "file").write_text("x")
    save_settings(tmp_path / "file" / "settings.json", Settings())
    assert load_settings(tmp_path / "file" / "settings.json") == Settings()


def test_a_data_folder_holds_everything(tmp_path):
    places = Places(tmp_path)
    assert {places.database.parent, places.settings.parent, places.log.parent} == {tmp_path}
    assert Places().database.name == "annotator.sqlite3"


def test_the_annotator_has_a_name_until_one_is_set():
    assert default_annotator_name().strip()


def test_a_project_that_is_not_there_is_made_or_refused(tmp_path):
    workspace = open_workspace(tmp_path / "a.sqlite3", "Ann")
    assert workspace.project.name == "My articles"
    assert [label.name for label in workspace.labels][:3] == ["PERSON", "ORG", "GPE"]
    assert len(workspace.labels) == 18
    workspace.close()
    with pytest.raises(Refused, match="My articles"):
        open_workspace(tmp_path / "a.sqlite3", "Ann", "Nowhere", create=False)
    other = open_workspace(tmp_path / "a.sqlite3", "Ann", "Harbour")
    other.close()
    last = open_workspace(tmp_path / "a.sqlite3", "Ann")
    assert last.project.name == "Harbour"
    last.close()
