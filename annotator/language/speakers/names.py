"""The parts of a personal name: titles off the front, given names, surname, suffix; and what they say of gender."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.language.speakers.given_names import FEMALE, MALE
from annotator.language.words import word_set

_MALE_TITLES = word_set("mr mister sir lord king prince fr father brother baron duke")
_FEMALE_TITLES = word_set("mrs ms miss lady dame queen princess madame madam sister baroness duchess")
TITLES = (
    _MALE_TITLES
    | _FEMALE_TITLES
    | word_set(
        """
    dr doctor prof professor president vice-president sen senator rep representative congressman
    congresswoman gov governor gen general lt lieutenant col colonel maj major capt captain sgt sergeant
    cpl adm admiral cmdr commander chief judge justice attorney rev reverend bishop archbishop cardinal
    pope rabbi imam sheikh ayatollah mayor minister secretary ambassador chancellor chairman chairwoman
    coach detective inspector officer sheriff superintendent premier prime-minister hon mp cllr
    """
    )
)
_SUFFIXES = word_set("jr sr ii iii iv md phd qc kc obe mbe")
_PARTICLES = word_set("van von de der den del della di da la le bin ibn al el du dos")


class Gender(StrEnum):
    """What a name or title says of gender, where it says anything."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Name:
    """A personal name in lower case: given names (perhaps initials), surname, what its title says."""

    given: tuple[str, ...]
    surname: str
    gender: Gender | None = None

    @property
    def full(self) -> bool:
        """Whether it has more than a surname (or a single given name)."""
        return bool(self.given)


def parse_name(words: str) -> Name:
    """Take a name apart; a single word is kept as the surname."""
    parts = [part for part in (_plain(word) for word in words.replace("\u00a0", " ").split()) if part]
    gender = None
    while len(parts) > 1 and parts[0] in TITLES:
        gender = gender or _title_gender(parts[0])
        parts.pop(0)
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    if not parts:
        return Name((), "", gender)
    if gender is None and len(parts) > 1:
        gender = given_gender(parts[0])
    return Name(tuple(p for p in parts[:-1] if p not in _PARTICLES), parts[-1], gender)


def display_name(words: str) -> str:
    """The name as it stands, without titles in front and with single blanks."""
    parts = words.split()
    while len(parts) > 1 and _plain(parts[0]) in TITLES:
        parts.pop(0)
    return " ".join(parts)


def compatible(one: Name, other: Name) -> bool:
    """Whether two full names may be one person's: same surname, and given names that agree or abbreviate."""
    if one.surname != other.surname or (one.gender and other.gender and one.gender is not other.gender):
        return False
    short, long = sorted((one.given, other.given), key=len)
    return not short or _same_given(short[0], long[0]) or all(part in long for part in short)


def _same_given(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 2 and long.startswith(short))


def _plain(word: str) -> str:
    return word.strip(".,;:'’\"“”()").lower()


def _title_gender(title: str) -> Gender | None:
    if title in _MALE_TITLES:
        return Gender.MALE
    return Gender.FEMALE if title in _FEMALE_TITLES else None


def given_gender(given: str) -> Gender | None:
    """What a common given name says of gender; None for rare or shared names."""
    if given in MALE:
        return Gender.MALE
    return Gender.FEMALE if given in FEMALE else None
