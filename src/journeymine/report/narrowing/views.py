"""The views that stand before the published tables, with the rows of a part only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from journeymine.errors import QueryError
from journeymine.records import quoted
from journeymine.report import words
from journeymine.report.narrowing.part import Found, Part, find

FULL = "published"
"""Name under which the file is attached whose tables the views stand before."""

SLICE = {"persona", "segment", "segment_value"}
UNITS = {
    "dim_customers": ("customer", "customer_id"),
    "fct_answers": ("customer", "customer_id"),
    "fct_attempts": ("customer", "customer_id"),
    "fct_churn_risk": ("customer", "customer_id"),
    "fct_events": ("journey", "journey_id"),
    "fct_feedback_texts": ("customer", "customer_id"),
    "fct_journey_conformance": ("journey", "journey_id"),
    "fct_journeys": ("journey", "journey_id"),
    "fct_predictions": ("journey", "journey_id"),
    "fct_sessions": ("journey", "journey_id"),
}
"""Tables of single customers or journeys: `dim_slices` tells who is of the part."""

WHOLE = {"dim_slices", "fct_persona_changes"}
"""Tables of which no part is taken: who is in which part, and how groups changed."""


@dataclass(frozen=True)
class Narrowed:
    """What a narrower page says of itself.

    Attributes
    ----------
    label
        Who stands in place of everyone.
    told
        The part in words.
    slug
        The part as the name of a folder.
    """

    label: str
    told: str
    slug: str


def narrow(con: duckdb.DuckDBPyConnection, part: Part) -> Narrowed:
    """Put views of a part before the tables of the attached file.

    Raises
    ------
    QueryError
        If there is no such part, or small cells are withheld: a part holds fewer
        people than the whole.
    """
    columns = _columns(con)
    if "meta_suppressed" in columns:
        message = (
            "report: these tables withhold small cells, as [privacy] min_cell asks, and"
            " a part of them would tell of fewer people yet"
        )
        raise QueryError(message)
    found = find(con, part)
    for table, names in columns.items():
        replaced, kept = _rules(table, names, found)
        if kept:
            relabelled = f" replace ({', '.join(replaced)})" if replaced else ""
            con.execute(
                f"create view {_named(table)} as select *{relabelled}"
                f" from {FULL}.main.{_named(table)} where {' and '.join(kept)}"
            )
    return _told(found)


def _rules(table: str, names: set[str], found: Found) -> tuple[list[str], list[str]]:
    """Return which columns of a table are relabelled, and which rows are kept."""
    replaced: list[str] = []
    kept: list[str] = []
    if found.funnel and "funnel" in names:
        kept.append(f"funnel = {quoted(found.funnel)}")
    if table == "fct_funnel_units":
        kept += _rules_of_unit(found)
    elif table in UNITS:
        kept += _of_units(table, found)
    elif table not in WHOLE:
        if found.persona and "persona" in names:
            # What the team noted on everyone holds for each persona, too.
            others = ", 'all'" if table == "fct_notes" else ""
            kept.append(f"persona in ({quoted(found.persona)}{others})")
            replaced.append("'all' as persona")
        if found.segment and names >= SLICE and not _tells_months(names, found):
            kept.append(f"segment = {quoted(found.segment)}")
            kept.append(f"segment_value = {quoted(found.segment_value)}")
            replaced += ["'all' as segment", "'all' as segment_value"]
    return replaced, kept


def _tells_months(names: set[str], found: Found) -> bool:
    """Whether a table has a row for each month, of which no part is taken."""
    return found.segment == "month" and "period_kind" in names


def _of_units(table: str, found: Found) -> Iterator[str]:
    """Yield which customers or journeys of a table are of the part."""
    unit, key = UNITS[table]
    if rules := _rules_of_unit(found):
        yield (
            f"{key} in (select unit_id from {FULL}.main.dim_slices"
            f" where unit = '{unit}' and {' and '.join(rules)})"
        )


def _rules_of_unit(found: Found) -> list[str]:
    """Return what holds for a unit whose segments stand in one column."""
    rules = []
    if found.persona:
        rules.append(f"persona = {quoted(found.persona)}")
    if found.segment:
        name, value = quoted(found.segment), quoted(found.segment_value)
        rules.append(f"segments[{name}] = {value}")
    return rules


def _told(found: Found) -> Narrowed:
    parts = {
        f"“{found.persona_name}”": found.persona,
        f"{words.label(found.segment).lower()} {found.segment_value}": found.segment,
        f"funnel “{words.label(found.funnel)}”": found.funnel,
    }
    told = [name for name, asked in parts.items() if asked]
    who = [name for name, asked in parts.items() if asked and asked != found.funnel]
    names = (found.persona, found.segment, found.segment_value, found.funnel)
    slug = "-".join(_plain(name) for name in names if name)
    label = found.persona_name if who == told[:1] and found.persona else ", ".join(who)
    return Narrowed(words.capital(label), ", ".join(told), slug)


def _columns(con: duckdb.DuckDBPyConnection) -> Mapping[str, set[str]]:
    """Return the columns of every table of the attached file."""
    found: dict[str, set[str]] = {}
    query = (
        "select table_name, column_name from duckdb_columns()"
        " where database_name = $1 and schema_name = 'main'"
        " order by table_name, column_index"
    )
    for table, column in con.execute(query, [FULL]).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def _plain(name: str) -> str:
    """Return a name as part of a folder's: letters and digits, else a hyphen."""
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())


def _named(table: str) -> str:
    return '"' + table.replace('"', '""') + '"'
