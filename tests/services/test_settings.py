"""The settings file: kept in one step, read in whatever state it is, and documented."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.services.settings import (
    MEASURES,
    READING_SIZES,
    Settings,
    ThemeChoice,
    load_settings,
    read_settings,
    save_settings,
)

DEFAULTS = Settings()


def test_without_a_file_all_is_as_at_the_first_start(tmp_path: Path) -> None:
    loaded = read_settings(tmp_path / "deep" / "settings.json")
    assert loaded.settings == DEFAULTS
    assert loaded.trouble is None


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    wanted = Settings(theme=ThemeChoice.DARK, reading_face="Georgia", measure=80, annotator="Zoë", pane_sizes=(1, 2, 3))
    assert save_settings(path, wanted) is None
    assert load_settings(path) == wanted
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"theme": "purple"}', b'{"reading_size": "big"}', b"[]", b"\xff\xfe", b"null"]
)
def test_a_broken_file_is_kept_as_bad_and_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded = read_settings(path)
    assert loaded.settings == DEFAULTS
    assert loaded.trouble is not None
    assert str(tmp_path / "settings.json.bad") in loaded.trouble
    assert (tmp_path / "settings.json.bad").read_bytes() == content
    assert not path.exists()
    assert read_settings(path).trouble is None


@given(st.binary(max_size=200))
def test_whatever_is_in_the_file_the_program_starts(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_bytes(content)
    settings = load_settings(path)
    assert READING_SIZES[0] <= settings.reading_size <= READING_SIZES[1]


@given(st.integers(-(2**60), 2**60), st.integers(-(2**60), 2**60))
def test_sizes_beyond_what_can_be_read_are_brought_within_bounds(
    tmp_path_factory: pytest.TempPathFactory, size: int, measure: int
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps({"reading_size": size, "measure": measure}))
    settings = load_settings(path)
    assert READING_SIZES[0] <= settings.reading_size <= READING_SIZES[1]
    assert MEASURES[0] <= settings.measure <= MEASURES[1]


def test_keys_of_a_newer_version_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "telepathy": true}')
    loaded = read_settings(path)
    assert loaded.settings == Settings(theme=ThemeChoice.DARK)
    assert loaded.trouble is None


def test_a_folder_that_cannot_be_made_is_told_and_not_raised(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the home should be")
    trouble = save_settings(tmp_path / "home" / "annotator" / "settings.json", DEFAULTS)
    assert trouble is not None
    assert "hold until you close" in trouble


def test_a_file_that_cannot_be_read_is_told_and_left(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    loaded = read_settings(path)
    assert loaded.settings == DEFAULTS
    assert loaded.trouble is not None
    assert path.is_dir()


def test_a_failed_save_leaves_the_old_settings_whole(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(annotator="Ann"))
    blocker = path.with_name(f".settings.json.{os.getpid()}.tmp")
    blocker.mkdir()
    assert save_settings(path, Settings(annotator="Ben")) is not None
    assert load_settings(path).annotator == "Ann"
