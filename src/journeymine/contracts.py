"""Contracts of sources: what becomes of a file whose columns are not as declared.

Columns are matched by name, never by position. What the project reads is always
declared, further columns are if the contract names them. Else the content that was
loaded first says what the others are compared with: that is noted, and stops no run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb
import pyarrow as pa

from journeymine.column_findings import (
    Expected,
    Finding,
    findings_of,
    folded,
    letters,
)
from journeymine.config import Config
from journeymine.config_sources import EVENT_LOGS, Contract, Source
from journeymine.errors import SourceError
from journeymine.ingest import LandedContent
from journeymine.mapped_columns import Mapped, mapped_columns
from journeymine.raw import Landed
from journeymine.records import has_good
from journeymine.warehouse import write_arrow

FOUND = pa.schema(
    (name, pa.string())
    for name in (
        "source",
        "file",
        "sha256",
        "column_name",
        "finding",
        "expected",
        "found",
        "action",
    )
)
"""Columns of `raw_contracts`."""

Row = dict[str, str | None]


def apply_contracts(
    con: duckdb.DuckDBPyConnection, config: Config, landed: Landed
) -> Landed:
    """Write `raw_contracts`, and return the contents, refused where a contract says so.

    Raises
    ------
    SourceError
        If a column that the project reads is gone, or a frozen contract is broken.
    """
    judged: Landed = {}
    rows: list[Row] = []
    for name, contents in landed.items():
        readable = [content for content in contents if has_good(content)]
        first = min(
            readable, key=lambda one: (one.first_loaded_at, one.sha256), default=None
        )
        judged[name] = []
        for content in contents:
            reason = None
            if first and has_good(content):
                reason, noted = _judged(config, name, content, first)
                rows += noted
            judged[name].append(replace(content, refused=content.refused or reason))
    write_arrow(con, "raw_contracts", pa.Table.from_pylist(rows, FOUND))
    return judged


def check_contract(config: Config, name: str, content: LandedContent) -> None:
    """Check a content by itself, before it counts.

    Raises
    ------
    SourceError
        If a run would stop at it.
    """
    if has_good(content):
        _judged(config, name, content, content)


def _judged(
    config: Config, name: str, content: LandedContent, first: LandedContent
) -> tuple[str | None, list[Row]]:
    """Return why a content is set aside, if it is, and its rows of `raw_contracts`."""
    source = config.sources[name]
    mapped = mapped_columns(config, name, content)
    columns = _columns(content)
    expected = _expected(source, mapped, content, first)
    # What an older version landed does not tell its keys.
    findings = findings_of(expected, columns, content.types) if columns else []
    broken = [one for one in findings if _breaks(source.contract, mapped, one)]
    if broken and source.contract.mode != "quarantine":
        raise SourceError(_line(name, source, content, broken))
    reason = f"contract: {_listed(broken)}" if broken else None
    return reason, [
        {
            "source": name,
            "file": content.files[0],
            "sha256": content.sha256,
            "column_name": one.column,
            "finding": one.kind,
            "expected": one.expected,
            "found": one.found,
            "action": "quarantined" if one in broken else "noted",
        }
        for one in findings
    ]


def _expected(
    source: Source, mapped: Mapped, content: LandedContent, first: LandedContent
) -> Expected:
    """Return what a content is compared with: the contract, or what came first."""
    types: Mapping[str, str] = source.contract.columns or first.types
    if (source.time_format or source.time_unit) and source.columns.occurred_at:
        types = {**types, source.columns.occurred_at: "any"}  # staging judges it
    declared = tuple(source.contract.columns)
    order = declared or _columns(first)
    # Records of JSON, and of event logs, name their values: they may leave some out.
    is_ordered = not (content.is_json or content.format in EVENT_LOGS)
    known = declared or _learned(order, mapped)
    return Expected(
        known=tuple(dict.fromkeys([*mapped.columns, *known])),
        awaited=mapped.awaited | frozenset(known if declared or is_ordered else ()),
        order=order if is_ordered else (),
        types=types,
    )


def _learned(columns: Sequence[str], mapped: Mapped) -> list[str]:
    """Return columns that are no news, but those that may be mapped ones misspelt."""
    cases = {folded(name) for name in mapped.columns}
    lost = {letters(name) for name in mapped.columns if name not in columns}
    return [
        name
        for name in columns
        if folded(name) not in cases and letters(name) not in lost
    ]


def _columns(content: LandedContent) -> tuple[str, ...]:
    if content.format in EVENT_LOGS:  # some are made by the framer
        made = ("@", "ocel:relations")
        return tuple(name for name in content.columns if not name.startswith(made))
    return content.names


def _breaks(contract: Contract, mapped: Mapped, finding: Finding) -> bool:
    """Return whether a contract does not let a finding pass."""
    if contract.mode != "evolve":
        return finding.kind != "reordered"
    if finding.kind in ("renamed", "case_changed"):
        return finding.column in mapped.columns
    return finding.kind == "missing" and finding.column in mapped.vital


def _line(
    name: str, source: Source, content: LandedContent, broken: list[Finding]
) -> str:
    where = f"sources.{name}: {content.files[0]}"
    if not content.is_newest:
        where += " as it was before"
    if source.contract.mode == "freeze":
        hint = f"mend the export, or change sources.{name}.contract"
    else:
        hint = f"name one of: {', '.join(_columns(content))}"
    if not content.is_newest:
        hint += '; mode = "replace" leaves out what files were before'
    return f"{where}: {_listed(broken)}; {hint}"


def _listed(findings: list[Finding]) -> str:
    return ", ".join(map(str, findings))
