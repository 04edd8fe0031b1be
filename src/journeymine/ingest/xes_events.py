"""Parse XES as a stream: one event at a time, whatever the size of the log."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from journeymine.errors import SourceError
from journeymine.ingest.text import Text
from journeymine.ingest.unpacking import CHUNK

Value = tuple[str | None, str]
"""The text of an attribute, and its kind: `string`, `date`, `list` ..."""

Attributes = list[tuple[str, Value]]
STRING = "string"
SIMPLE = {STRING, "date", "int", "float", "boolean", "id"}
NESTING = {"list", "container"}


@dataclass(frozen=True)
class Event:
    """An event and its trace; `offset` and `line` say where it begins.

    `case` are the trace's attributes, their keys after `case:`.
    """

    trace: int | None
    position: int | None
    case: Attributes
    attributes: Attributes
    offset: int
    line: int


def read_events(text: Text, where: str) -> Iterator[Event]:
    """Yield the events of a log in their order; memory holds one trace.

    Raises
    ------
    SourceError
        If the text is not well-formed XML, declares entities, or is no log.
    """
    reader = _Reader("utf-8" if text.is_transcoded else None)
    parser = reader.parser
    try:
        while True:
            chunk = text.read(CHUNK)
            parser.Parse(chunk, not chunk)
            yield from reader.finished
            reader.finished.clear()
            if not chunk:
                return
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        message = (
            f"{where}: line {error.lineno}: broken XML ({reason}); export it again"
        )
        raise SourceError(message) from error
    except _NoLogError as error:
        message = f"{where}: line {parser.CurrentLineNumber}: {error}"
        raise SourceError(message) from error


class _NoLogError(Exception):
    """What is read is XML, but no event log."""


@dataclass(slots=True)
class _Element:
    """An open element; `items` are the attributes directly or deeper within it."""

    kind: str
    key: str
    value: str | None
    items: Attributes


class _Reader:
    """Builds events while expat parses."""

    def __init__(self, encoding: str | None) -> None:
        self.parser = expat.ParserCreate(encoding, namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.EntityDeclHandler = self._refuse
        self.finished: list[Event] = []
        self._path: list[_Element] = []
        self._in_trace: list[tuple[Attributes, int, int]] = []
        self._traces = 0
        self._place = (0, 0)

    def _refuse(self, *_: object) -> None:
        message = "declares entities; remove the DOCTYPE"
        raise _NoLogError(message)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if not self._path and kind != "log":
            message = f"is no XES log, its root is <{kind}>; check format and path"
            raise _NoLogError(message)
        if kind == "trace":
            self._traces += 1
        elif kind == "event":
            self._place = (self.parser.CurrentByteIndex, self.parser.CurrentLineNumber)
        key, value = attributes.get("key", ""), attributes.get("value")
        self._path.append(_Element(kind, key, value, []))

    def _close(self, _: str) -> None:
        element = self._path.pop()
        if element.kind in SIMPLE and not element.items:  # nearly all there is
            told = (element.value, element.kind)
            self._path[-1].items.append((element.key, told))
        elif element.kind == "event":
            self._end_event(element)
        elif element.kind == "trace":
            self._end_trace(element)
        elif self._path:
            self._path[-1].items.extend(_flattened(element))

    def _end_event(self, event: _Element) -> None:
        if any(element.kind == "trace" for element in self._path):
            self._in_trace.append((event.items, *self._place))
        else:
            self.finished.append(Event(None, None, [], event.items, *self._place))

    def _end_trace(self, trace: _Element) -> None:
        case = [(f"case:{key}", value) for key, value in trace.items]
        self.finished.extend(
            Event(self._traces, position, case, *event)
            for position, event in enumerate(self._in_trace, start=1)
        )
        self._in_trace = []


def _flattened(element: _Element) -> Attributes:
    """Return the columns that an attribute makes."""
    if element.kind in SIMPLE:
        deeper = [(f"{element.key}/{key}", value) for key, value in element.items]
        return [(element.key, (element.value, element.kind)), *deeper]
    if element.kind in NESTING:
        pairs = [{key: text} for key, (text, _) in element.items]
        told = json.dumps(pairs, ensure_ascii=False)
        return [(element.key, (told, element.kind))]
    # `values` only holds the items of a list; anything else is no attribute.
    return element.items if element.kind == "values" else []
