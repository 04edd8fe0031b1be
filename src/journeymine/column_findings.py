"""How the columns of a file differ from those that are expected of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from typing import Literal

ALIKE = 0.8
"""From which similarity on, 0 to 1, a name passes for another one misspelt."""

Kind = Literal["new", "missing", "renamed", "case_changed", "reordered", "type_drifted"]


@dataclass(frozen=True)
class Finding:
    """One difference: a column, and the names or types that were expected and found."""

    kind: Kind
    column: str
    expected: str | None = None
    found: str | None = None

    def __str__(self) -> str:
        """Say it in words, for people."""
        return {
            "new": f"new column {self.column!r}",
            "missing": f"no column {self.column!r}",
            "renamed": f"no column {self.column!r}, but {self.found!r} may be its new"
            " name",
            "case_changed": f"column {self.found!r} differs from {self.column!r}"
            " only in case or spaces",
            "reordered": f"{self.found!r} stands where {self.expected!r} stood",
            "type_drifted": f"column {self.column!r} holds {self.found},"
            f" not {self.expected}",
        }[self.kind]


@dataclass(frozen=True)
class Expected:
    """What is expected of the columns of a file.

    Attributes
    ----------
    known
        Names that are nothing new.
    awaited
        Those of them that must be there.
    order
        Names in the order in which they stood; () where the order means nothing,
        as in JSON objects, whose names come and go.
    types
        Column -> type that its values fit.
    """

    known: tuple[str, ...]
    awaited: frozenset[str]
    order: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)


def findings_of(
    expected: Expected, columns: Sequence[str], types: Mapping[str, str]
) -> list[Finding]:
    """Compare the columns of a file, and what their values look like, by name.

    Returns
    -------
    list
        At most one finding of a kind per column; none if all is as expected.
    """
    known, there = set(expected.known), set(columns)
    renamed = _renamed(expected, columns, types)
    taken = {finding.found for finding in renamed.values()}
    return [
        *renamed.values(),
        *(
            Finding("missing", name, expected=name)
            for name in expected.known
            if name in expected.awaited and name not in there and name not in renamed
        ),
        *(
            Finding("new", name, found=name)
            for name in columns
            if name not in known and name not in taken
        ),
        *_drifts(expected.types, types),
        *_first_moved(expected.order, columns),
    ]


def folded(name: str) -> str:
    """Return a name without what case and surrounding space make of it."""
    return name.strip().casefold()


def letters(name: str) -> str:
    """Return the letters and digits of a name, in one case."""
    only = "".join(sign for sign in name.casefold() if sign.isalnum())
    return only or name


def _renamed(
    expected: Expected, columns: Sequence[str], types: Mapping[str, str]
) -> dict[str, Finding]:
    """Return expected column -> under which other name it seems to stand."""
    known = set(expected.known)
    free = [name for name in columns if name not in known]
    found: dict[str, Finding] = {}
    if not free:
        return found
    for kind, name, candidates in _candidates(expected, columns, types):
        match = next((one for one in candidates if one in free), None)
        if match is not None and name not in found:
            free.remove(match)
            found[name] = Finding(kind, name, expected=name, found=match)
    return found


def _candidates(
    expected: Expected, columns: Sequence[str], types: Mapping[str, str]
) -> Iterator[tuple[Kind, str, list[str]]]:
    """Yield names that an expected column may stand under now, the surest first."""
    there = set(columns)
    lost = [name for name in expected.known if name not in there]
    # Of JSON objects only some may write a name in another way.
    for name in lost if expected.order else expected.known:
        yield "case_changed", name, _same(folded, name, columns)
    for name in lost:
        yield "renamed", name, _same(letters, name, columns)
    successors = _successors(expected.order, columns) if expected.order else {}
    for name in lost:
        if name in successors:
            before, now = expected.types.get(name), types.get(successors[name])
            if _fits(now, before) and _fits(before, now):
                yield "renamed", name, [successors[name]]
    for name in lost if expected.order else ():
        yield "renamed", name, get_close_matches(name, columns, cutoff=ALIKE)


def _same(form: Callable[[str], str], name: str, names: Iterable[str]) -> list[str]:
    return [one for one in names if form(one) == form(name)]


def _successors(order: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """Return old column -> the one that stands between the same neighbours now."""
    places = SequenceMatcher(a=order, b=columns).get_opcodes()
    return {
        old: new
        for what, start, end, new_start, new_end in places
        if what == "replace" and len(places) > 1 and end - start == new_end - new_start
        for old, new in zip(order[start:end], columns[new_start:new_end], strict=True)
    }


def _drifts(expected: Mapping[str, str], types: Mapping[str, str]) -> list[Finding]:
    return [
        Finding("type_drifted", name, expected=expected[name], found=found)
        for name, found in types.items()
        if not _fits(found, expected.get(name))
    ]


def _fits(found: str | None, expected: str | None) -> bool:
    """Return whether values of one type are such of another: all are text."""
    return found in (None, "empty", expected) or expected in (
        None,
        "any",
        "empty",
        "text",
    )


def _first_moved(order: Sequence[str], columns: Sequence[str]) -> list[Finding]:
    """Return the first of the common columns that stands elsewhere, if one does."""
    there, known = set(columns), set(order)
    before = [name for name in order if name in there]
    now = [name for name in columns if name in known]
    moved = ((old, new) for old, new in zip(before, now, strict=True) if old != new)
    found = [Finding("reordered", old, expected=old, found=new) for old, new in moved]
    return found[:1]
