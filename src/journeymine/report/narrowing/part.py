"""Of whom a narrower page tells, and where that stands in the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any  # values of all SQL types

import duckdb

from journeymine.errors import QueryError

PERSONAS = "select persona, persona_name from dim_personas order by persona"
FUNNELS = "select distinct funnel, funnel from meta_funnels order by funnel"
SEGMENTS = """
select segment, list(segment_value order by segment_value) as segment_values
from (
    select segment, segment_value from fct_activities
    union
    select segment, segment_value from fct_funnel
)
where segment not in ('all', 'outcome')
group by segment
order by segment
"""


@dataclass(frozen=True)
class Part:
    """Of whom a page tells, as it was asked; what is None is not narrowed.

    Attributes
    ----------
    persona
        Key or name of a persona.
    segment
        `NAME=VALUE`.
    period
        A month of entry or start, `YYYY-MM`.
    funnel
        Name of a funnel.
    """

    persona: str | None = None
    segment: str | None = None
    period: str | None = None
    funnel: str | None = None


EVERYTHING = Part()


@dataclass(frozen=True)
class Found:
    """A part as the tables name it; `persona_name` is what people call it."""

    persona: str = ""
    persona_name: str = ""
    segment: str = ""
    segment_value: str = ""
    funnel: str = ""


def find(con: duckdb.DuckDBPyConnection, part: Part) -> Found:
    """Return a part as the tables name it.

    Raises
    ------
    QueryError
        If there is no such persona, segment, month or funnel.
    """
    personas = {str(key): str(name or key) for key, name in _rows(con, PERSONAS)}
    persona = _persona(part.persona, personas)
    segment, value = _segment(con, part)
    funnels = {str(key): "" for key, _ in _rows(con, FUNNELS)}
    funnel = part.funnel or ""
    if funnel:
        _must_know("--funnel", funnel, funnels)
    return Found(persona, personas.get(persona, ""), segment, value, funnel)


def _persona(asked: str | None, personas: Mapping[str, str]) -> str:
    if not asked or asked in personas:
        return asked or ""
    named = [key for key, name in personas.items() if name == asked]
    if named:
        return named[0]
    _must_know("--persona", asked, {**personas, **dict.fromkeys(personas.values(), "")})
    return asked


def _segment(con: duckdb.DuckDBPyConnection, part: Part) -> tuple[str, str]:
    """Return name and value; a month of entry or start is a segment, too."""
    if not part.segment and not part.period:
        return "", ""
    if part.segment and part.period:
        message = (
            "report: --segment and --period cannot be joined, as no table holds a"
            " segment by month; choose one"
        )
        raise QueryError(message)
    asked = part.segment or f"month={part.period}"
    name, sign, value = asked.partition("=")
    known = {str(key): [str(one) for one in ones] for key, ones in _rows(con, SEGMENTS)}
    if not sign:
        message = f"report: --segment {asked}: there is no `=`; write NAME=VALUE"
        raise QueryError(message)
    option = "--segment" if part.segment else "--period"
    _must_know(option, name, known)
    _must_know(option, value, dict.fromkeys(known[name], ""))
    return name, value


def _must_know(option: str, asked: str, known: Mapping[str, object]) -> None:
    if asked in known:
        return
    near = get_close_matches(asked, known, 1)
    some = ", ".join(list(known)[:12])
    hint = f"did you mean {near[0]}?" if near else f"there are {some or 'none'}"
    message = f"report: {option}: there is no {asked}; {hint}"
    raise QueryError(message)


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()
