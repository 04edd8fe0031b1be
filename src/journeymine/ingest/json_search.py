"""Find the array of a JSON document that holds its records."""

from collections.abc import Iterator

from journeymine.errors import SourceError
from journeymine.ingest.json_elements import Elements
from journeymine.ingest.json_source import JsonText


def found_records(
    text: JsonText, records: str | None, where: str
) -> Iterator[Elements]:
    """Yield the elements of the array that holds the records, as `JsonText` does.

    Raises
    ------
    SourceError
        If there is no such array, or another one as well.
    DamagedError
        Where the text ends early, or is no JSON.
    """
    opening = text.next()
    if opening == b"[" and not records:
        text.take(opening)
        yield from text.elements(opening)
    elif opening == b"{":
        yield from _Search(text, where).within(records.split(".") if records else [])
    elif opening:
        problem = "is no JSON document; check path and format"
        if opening == b"[":
            problem = "is an array by itself; remove records"
        message = f"{where}: {problem}"
        raise SourceError(message)
    text.end()


class _Search:
    """Looks through an object for the array; `_arrays` are the names of all there."""

    def __init__(self, text: JsonText, where: str) -> None:
        self._text = text
        self._where = where
        self._found: str | None = None
        self._arrays: list[str] = []

    def within(self, path: list[str]) -> Iterator[Elements]:
        """Yield the elements of the array at a path; of the only one without a path."""
        yield from self._members(path)
        if self._found is None and (path or not self._arrays):
            there = ", ".join(self._arrays) or "none"
            problem = f"no array at {'.'.join(path)!r}" if path else "no array"
            hint = f"set records to one of: {there}"
            if not self._arrays:
                hint = 'if each line is an object, set format = "jsonl"'
            message = f"{self._where}: holds {problem}; {hint}"
            raise SourceError(message)

    def _members(self, path: list[str]) -> Iterator[Elements]:
        for name in self._text.members():
            yield from self._value(name, path)

    def _value(self, name: str, path: list[str]) -> Iterator[Elements]:
        text, opening = self._text, self._text.next()
        if path[:1] == [name] and len(path) > 1 and opening == b"{":
            yield from self._members(path[1:])
        elif opening == b"[":
            self._arrays.append(name)
            text.take(opening)
            is_wanted = path == [name] or (not path and text.next() == b"{")
            if is_wanted and self._found not in (None, name):
                message = (
                    f"{self._where}: holds objects in {self._found!r} and {name!r};"
                    " set records to one of them"
                )
                raise SourceError(message)
            self._found = name if is_wanted else self._found
            found = text.elements(opening, are_records=is_wanted)
            yield from (elements for elements in found if is_wanted)
        else:
            text.skip_value()
