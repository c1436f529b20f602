"""A written file is whole or not there, and what stood there before is safe until then."""

import errno
import os

import pytest

from annotator.domain.errors import NotSaved
from annotator.formats.atomic import write_lines


def failing_lines():
    yield "one"
    raise RuntimeError("the database went away")


def test_lines_are_utf8_each_with_one_line_feed(tmp_path):
    target = tmp_path / "out.jsonl"
    assert write_lines(target, ["“a”", "b"]) == 2
    assert target.read_bytes() == "“a”\nb\n".encode()


def test_a_new_file_has_ordinary_permissions_and_an_old_one_keeps_its_own(tmp_path):
    new, old = tmp_path / "new", tmp_path / "old"
    plain = tmp_path / "plain"
    plain.touch()
    old.touch(mode=0o600)
    write_lines(new, ["a"])
    write_lines(old, ["a"])
    assert new.stat().st_mode == plain.stat().st_mode
    assert old.stat().st_mode & 0o777 == 0o600


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(RuntimeError):
        write_lines(target, failing_lines())
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link_to_the_new_content(tmp_path):
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    link.symlink_to(real)
    write_lines(link, ["new"])
    assert link.is_symlink()
    assert real.read_text() == "new\n"


def test_a_missing_folder_and_a_folder_of_that_name_are_told(tmp_path):
    with pytest.raises(NotSaved, match=r"no/out was not written: the folder does not exist"):
        write_lines(tmp_path / "no" / "out", ["a"])
    with pytest.raises(NotSaved, match="there is a folder of that name"):
        write_lines(tmp_path, ["a"])


def test_a_full_disk_is_told_and_nothing_is_left_behind(tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("old")

    def lines():
        yield "one"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(NotSaved, match="the disk is full"):
        write_lines(target, lines())
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert write_lines(pipe, ["a", "b"]) == 2
        assert os.read(reader, 100) == b"a\nb\n"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
