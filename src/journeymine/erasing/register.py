"""Who was erased, as salted hashes; and the erasure that is under way, in clear.

Both files lie in the landing folder. The first stays, so that an erased person stays
erased. The second is there from the first change to the proof: a killed erasure is
completed by whoever comes next.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from journeymine.errors import OutputError
from journeymine.ingest.store import write_json

REGISTER, UNDER_WAY = "erased.json", "erasing.json"

_WORDS = (
    re.compile(r"[^\s,;|\"'<>(){}\[\]=&?#\\]+"),
    re.compile(r"[\w.+@-]+"),  # parts of what the other one takes for one word
)
_ESCAPED = re.compile(r"\\u00([0-7][0-9a-fA-F])")
_ENDS = ".,:!-"


class Identifier(NamedTuple):
    """An identifier as the tables have it."""

    kind: str
    value: str

    @property
    def pair(self) -> str:
        """The identifier as it stands on a staged event."""
        return f"{self.kind}={self.value}"


class Entry(NamedTuple):
    """An erased identifier: its type, and hashes of `type=value` and of the value."""

    kind: str
    pair: str
    word: str


@dataclass(frozen=True)
class Register:
    """Everybody who was erased.

    Attributes
    ----------
    salt
        Begins what is hashed.
    probe
        What identifiers are made of: tokens of another key are none of these.
    entries
        One per identifier, in order of their erasure.
    shared
        Identifiers that were cut because they stood beside too many others: they
        stay cut, though the erased ones are no longer beside them.
    """

    salt: str
    probe: str
    entries: tuple[Entry, ...] = ()
    shared: tuple[Identifier, ...] = ()

    def hashed(self, text: str) -> str:
        """Return the salted SHA-256 of a text."""
        return hashlib.sha256((self.salt + text).encode()).hexdigest()

    def adding(
        self, identifiers: Iterable[Identifier], shared: Iterable[Identifier] = ()
    ) -> "Register":
        """Return the register with further identifiers, and none of them twice."""
        known = {entry.pair for entry in self.entries}
        further = [
            Entry(one.kind, self.hashed(one.pair), self.hashed(one.value.lower()))
            for one in identifiers
        ]
        entries = [entry for entry in further if entry.pair not in known]
        return replace(
            self,
            entries=(*self.entries, *entries),
            shared=tuple(sorted({*self.shared, *shared})),
        )


@dataclass(frozen=True)
class UnderWay:
    """An erasure that is not proved yet.

    Attributes
    ----------
    identifiers
        All that must go.
    customers
        The customers that they were.
    """

    identifiers: tuple[Identifier, ...]
    customers: tuple[str, ...]


def words_of(text: str) -> set[str]:
    """Return the words of a text in lower case, also those that were escaped in it."""
    plain = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text)
    texts = {text, plain, unquote(plain)}
    return {
        word.strip(_ENDS)
        for one in texts
        for pattern in _WORDS
        for word in pattern.findall(one.lower())
    }


def new_register(probe: str) -> Register:
    """Return a register of nobody, with a salt of its own."""
    return Register(secrets.token_hex(16), probe)


def read_register(landing: Path) -> Register | None:
    """Return who was erased, or None if nobody was.

    Raises
    ------
    OutputError
        If the file is damaged.
    """
    found = _read(landing / REGISTER)
    if found is None:
        return None
    try:
        return Register(
            salt=str(found["salt"]),
            probe=str(found["probe"]),
            entries=tuple(Entry(*map(str, one)) for one in found["entries"]),
            shared=tuple(Identifier(*map(str, one)) for one in found["shared"]),
        )
    except (KeyError, TypeError) as error:
        raise _damaged(landing / REGISTER) from error


def read_under_way(landing: Path) -> UnderWay | None:
    """Return the erasure that was begun and not proved, or None."""
    found = _read(landing / UNDER_WAY)
    if found is None:
        return None
    try:
        return UnderWay(
            identifiers=tuple(Identifier(*map(str, i)) for i in found["identifiers"]),
            customers=tuple(map(str, found["customers"])),
        )
    except (KeyError, TypeError) as error:
        raise _damaged(landing / UNDER_WAY) from error


def write_register(landing: Path, register: Register) -> None:
    """Replace the register."""
    write_json(landing / REGISTER, asdict(register))


def write_under_way(landing: Path, under_way: UnderWay) -> None:
    """Note what is about to go."""
    write_json(landing / UNDER_WAY, asdict(under_way))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _damaged(path) from error
    return dict(found)


def _damaged(path: Path) -> OutputError:
    message = f"{path}: is damaged, so who was erased is not known; restore it"
    return OutputError(message)
