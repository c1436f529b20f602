"""The wheel contains all that the program reads at run time, under the names by which it reads it."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
FOLDERS: dict[str, str] = PROJECT["tool"]["setuptools"]["package-dir"]
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"


def tracked(folder: str, pattern: str) -> set[Path]:
    """The files of the project in a folder, relative to the checkout; without what tools leave there."""
    found = {path.relative_to(CHECKOUT) for path in (CHECKOUT / folder).rglob(pattern) if path.is_file()}
    return {path for path in found if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def in_wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from a copy of the checkout, so that no build folder is left or reused."""
    copy, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    files = {Path(name) for name in ("pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY_LICENSES.md")}
    for path in files.union(*(tracked(folder, "*") for folder in ("annotator", "resources", "seeds"))):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes((CHECKOUT / path).read_bytes())
    built = subprocess.run([sys.executable, "-c", BUILD, out], cwd=copy, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_the_list_of_packages_is_the_list_of_folders_with_code() -> None:
    rooms = {path.parent for path in tracked("annotator", "*.py")}
    with_code = {".".join(path.parts) for path in rooms}
    mapped = {name for name in FOLDERS if "." in name}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == with_code | mapped


def test_every_module_is_in_the_wheel(in_wheel: set[str]) -> None:
    assert {path.as_posix() for path in tracked("annotator", "*.py")} - in_wheel == set()


def test_every_migration_is_in_the_wheel(in_wheel: set[str]) -> None:
    scripts = {path.as_posix() for path in tracked("annotator/storage/migrations/versions", "*.py")}
    assert scripts - in_wheel == set()
    assert any(name.startswith("annotator/storage/migrations/versions/") for name in in_wheel)


@pytest.mark.parametrize(("folder", "package"), [("resources", "annotator/resources"), ("seeds", "annotator/seeds")])
def test_every_resource_and_sample_article_is_in_the_wheel(in_wheel: set[str], folder: str, package: str) -> None:
    files = {path for path in tracked(folder, "*") if path.parts[:2] != ("seeds", "gold")}
    assert {f"{package}/{path.relative_to(folder).as_posix()}" for path in files} - in_wheel == set()


def test_there_are_sample_articles_to_begin_with(in_wheel: set[str]) -> None:
    assert [name for name in in_wheel if name.startswith("annotator/seeds/") and name.endswith(".txt")]


def test_the_licences_are_in_the_wheel(in_wheel: set[str]) -> None:
    names = {name.rsplit("/", 1)[1] for name in in_wheel if "/licenses/" in name}
    assert {"LICENSE", "THIRD_PARTY_LICENSES.md"} <= names
