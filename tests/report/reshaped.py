"""Copies of a published file, changed into what other projects would publish."""

import re
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import duckdb
from tests.report.published import columns_of

NAMES = {
    "dim_activities": ("activity", "channel"),
    "dim_personas": ("persona_name",),
    "fct_channels": ("channel",),
    "fct_notes": ("author", "owner"),
    "meta_funnels": ("funnel",),
    "meta_stages": ("stage",),
    "fct_patterns": ("pattern",),
    "meta_watermarks": ("source",),
}
"""Where the words stand that a project chose."""

TOLD = {"fct_feedback_texts": "text", "fct_notes": "text", "meta_quarantine": "reason"}
"""Where whole sentences stand that people wrote."""

HELD = re.findall(
    r"\w+",
    """
    activity from_activity to_activity other_activity next_activity last_activity step
    next_step stage next_stage channel from_channel to_channel first_channel touchpoint
    entry_touchpoint exit_touchpoint persona_name place anchor anchor_to name variant
    path subsequence driver driver_value segment_value funnel pattern profile metric
    typical_journey from_state to_state author owner source source_name ending finding
    activities also_at traits goals pain_points buying_behaviour preferred_channels
""",
)
"""The columns that hold such words, alone or among others."""

CODES = ("fct_kpis", "fct_kpi_changes", "meta_metrics")
"""Tables whose names are the library's, but for the funnels and steps in them."""


def copied(database: Path, folder: Path) -> Path:
    """Return a copy of a published file, with what is drawn from beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / "journeymine.duckdb"
    shutil.copyfile(database, copy)
    if (database.parent / "models").is_dir():
        shutil.copytree(database.parent / "models", folder / "models")
    return copy


def words_of(database: Path) -> list[str]:
    """Return the words that the project chose, each once."""
    found: dict[str, None] = {}
    with duckdb.connect(str(database), read_only=True) as con:
        for table, columns in NAMES.items():
            for column in columns:
                rows = con.execute(
                    f"select distinct {column} from {table}"
                    f" where {column} is not null order by 1"
                ).fetchall()
                found.update((row[0], None) for row in rows)
    return list(found)


def rename(database: Path, words: Mapping[str, str], told: str) -> None:
    """Give a file other words wherever they stand, and the same text to all texts."""
    kinds = columns_of(database)
    with duckdb.connect(str(database)) as con:
        for table, columns in kinds.items():
            for column, kind in columns:
                if column not in HELD:
                    continue
                if kind == "VARCHAR":
                    _rename_texts(con, table, column, words)
                elif kind.endswith("[]"):
                    _rename_lists(con, table, column, words)
        for table, column in TOLD.items():
            con.execute(
                f"update {table} set {column} = $told where {column} is not null",
                {"told": told},
            )
        con.execute(
            "update meta_run set value = $told where name = 'project_name'",
            {"told": told},
        )


def _rename_texts(
    con: duckdb.DuckDBPyConnection, table: str, column: str, words: Mapping[str, str]
) -> None:
    """Rename each value of a column by its distinct values."""
    if table in CODES:
        words = {old: new for old, new in words.items() if "_" in old}
    values = con.execute(f"select distinct {column} from {table}").fetchall()
    pairs = [(old, _renamed(old, words)) for (old,) in values if old is not None]
    changed = {old: new for old, new in pairs if old != new}
    if changed:
        con.execute(
            f"update {table} set {column} = new from ("
            "select unnest($old) as old, unnest($new) as new)"
            f" where {column} = old",
            {"old": list(changed), "new": list(changed.values())},
        )


def _rename_lists(
    con: duckdb.DuckDBPyConnection, table: str, column: str, words: Mapping[str, str]
) -> None:
    """Rename what stands within lists, of which there are few."""
    rows = con.execute(f"select rowid, {column} from {table}").fetchall()
    for row, value in rows:
        changed = _within(value, words)
        if changed != value:
            con.execute(
                f"update {table} set {column} = $value where rowid = $row",
                {"value": changed, "row": row},
            )


def _within(value: object, words: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return [_within(one, words) for one in value]
    if isinstance(value, dict):
        return {name: _within(one, words) for name, one in value.items()}
    return _renamed(value, words) if isinstance(value, str) else value


def _renamed(text: str, words: Mapping[str, str]) -> str:
    """Return a text with every word of the project replaced, where it stands alone."""
    if text in words:
        return words[text]
    return _standing(tuple(words)).sub(lambda hit: words[hit[0]], text)


@lru_cache
def _standing(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds these words, the longest first, where they stand alone."""
    longest_first = sorted(words, key=len, reverse=True)
    alone = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{alone})(?!\w)")


def without(database: Path, condition: str, *columns: str) -> None:
    """Delete the rows of a condition, from every table that has these columns."""
    kinds = columns_of(database)
    with duckdb.connect(str(database)) as con:
        for table, held in kinds.items():
            if {*columns} <= {name for name, _ in held}:
                con.execute(f"delete from {table} where {condition}")
