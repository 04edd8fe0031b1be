"""The shapes that a project can have: each a published file, and what its page says."""

from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import duckdb
from tests.exports.boards.payloads import PAYLOADS
from tests.report.published import columns_of, publish
from tests.report.reshaped import copied, rename, without, words_of

FOREIGN = (
    "商品页面已查看", "购物车已更新并等待付款确认", "订单完成", "客户服务请求",
    "उत्पाद पृष्ठ देखा गया", "भुगतान विफल हुआ और फिर से शुरू किया गया", "आदेश पूरा",
    "عرض صفحة المنتج", "تم إكمال الطلب بعد الدفع عند الاستلام", "فشل الدفع",
)  # fmt: skip
FURTHER = {"p1": "p5", "p2": "p6", "p3": "p7", "p4": "p8"}
"""The personas of the sample, and what a copy of each is called."""


def make_hostile(sample: Path, folder: Path) -> Path:
    """Put a payload before every word that the project chose; all come up."""
    copy = copied(sample, folder)
    words = words_of(copy)
    payloads = islice(cycle(PAYLOADS), len(words))
    named = {word: f"{bad} {word}" for word, bad in zip(words, payloads, strict=True)}
    rename(copy, named, " ".join(PAYLOADS))
    return copy


def make_wide(sample: Path, folder: Path) -> Path:
    """Copy the sample to eight personas and 13 months, all of it in other alphabets."""
    copy = copied(sample, folder)
    kinds = columns_of(copy)
    with duckdb.connect(str(copy)) as con:
        con.execute("set timezone = 'UTC'")
        for table, held in kinds.items():
            columns = [name for name, _ in held]
            if "persona" in columns and not {"customer_id", "unit_id"} & {*columns}:
                _copy_rows(con, table, {"persona": _further_persona()}, columns)
            for period in {"period", "cohort"} & {*columns}:
                earlier = f"({period}::date - interval 7 month)::date"
                kind = dict(held)[period]
                monthly = f"regexp_matches({period}::varchar, '^\\d{{4}}-\\d\\d-01$')"
                months = f"case when {monthly} then {earlier} end::{kind}"
                _copy_rows(con, table, {period: months}, columns)
        con.execute(
            "update dim_personas set persona_name = persona_name || ' ' || persona"
        )
    words = words_of(copy)
    names = enumerate(islice(cycle(FOREIGN), len(words)), 1)
    foreign = [f"{name} {number}" for number, name in names]
    rename(copy, dict(zip(words, foreign, strict=True)), FOREIGN[8])
    return copy


def _further_persona() -> str:
    cases = " ".join(f"when '{old}' then '{new}'" for old, new in FURTHER.items())
    return f"case persona {cases} end"


def _copy_rows(
    con: duckdb.DuckDBPyConnection,
    table: str,
    changed: dict[str, str],
    columns: list[str],
) -> None:
    """Add copies of the rows for which a column changes to something."""
    ((column, new),) = changed.items()
    told = ", ".join(f"{new} as {one}" if one == column else one for one in columns)
    con.execute(
        f"insert into {table} select {told} from {table} where ({new}) is not null"
    )


def make_quiet(sample: Path, folder: Path) -> Path:
    """Keep one group of customers, who said nothing, and no goal that was reached."""
    copy = copied(sample, folder)
    without(copy, "persona <> 'all' and segment is not null", "persona", "segment")
    tables = columns_of(copy)
    with duckdb.connect(str(copy)) as con:
        for table in tables:
            if table.startswith(
                (
                    "fct_experience",
                    "fct_answers",
                    "fct_feedback",
                    "fct_persona",
                    "dim_p",
                )
            ):
                con.execute(f"delete from {table}")
        con.execute(
            "delete from fct_kpis where metric in ('nps', 'csat', 'ces')"
            " or metric like 'emotion%'"
        )
        con.execute(
            "update fct_journeys set outcome = 'abandoned' where outcome = 'converted'"
        )
        con.execute("update fct_variants set abandoned = journeys, converted = 0")
    return copy


def make_empty(sample: Path, folder: Path) -> Path:
    """Publish tables without a row."""
    folder.mkdir(parents=True, exist_ok=True)
    return publish(folder / "journeymine.duckdb", {})


SHAPES: dict[str, Callable[[Path, Path], Path]] = {
    "hostile": make_hostile,
    "wide": make_wide,
    "quiet": make_quiet,
    "empty": make_empty,
}
