"""Which figures the cells of a column may be told as."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

PERIODS = {"period", "before", "after", "cohort"}
MEASURED = ("value", "target", "projection", "change", "difference", "mean_days")
"""Columns of a table of measures: their unit is that of the row's measure."""

MONEY = ("value", "amount", "spend", "cost", "revenue", "return")
Values = NDArray[np.float64]


def numbers(found: NDArray[np.generic]) -> Values | None:
    """Return numbers, and dates as their ordinals; nothing for texts."""
    if np.issubdtype(found.dtype, np.datetime64):
        days = np.ma.filled(found, np.datetime64("NaT")).astype("datetime64[D]")
        return np.where(np.isnat(days), np.nan, days.astype(float) + 719_163)
    if found.dtype == bool or not np.issubdtype(found.dtype, np.number):
        return None
    return np.ma.filled(np.ma.asarray(found).astype(float), np.nan)


def period_days(texts: list[str]) -> NDArray[np.datetime64]:
    """Return periods that are told as text: `2024-04-01`, or `all`."""
    days = [text if text[:2] == "20" else "NaT" for text in texts]
    return np.array(days, dtype="datetime64[D]")


def scalings(name: str, values: Values, kind: str) -> Iterator[tuple[set[str], Values]]:
    """Return a column once for each unit that its figures are told in."""
    if name in PERIODS or kind.startswith(("DATE", "TIME")):
        yield {"day", "month"}, values
    elif name in ("q_value", "p_value"):
        yield {"q"}, values
    elif name.endswith("_seconds") or "seconds_" in name:
        yield {"seconds"}, values
    else:
        money = {"money"} if any(one in name for one in MONEY) else set()
        yield {"count", "signed", "part", "points"} | money, values
        is_share = np.nanmax(np.abs(values), initial=0.0) <= 1 and not is_whole(values)
        if is_share or "rate" in name or name.startswith(MEASURED):
            yield {"share", "points"}, 100 * values
        if name.startswith(MEASURED):
            yield {"seconds"}, 86_400 * values


def keys(name: str, kinds: set[str], values: Values) -> Iterator[tuple[str, str]]:
    """Return kind and role of the figures that a column may be told as."""
    role = next((end for end in ("low", "high") if name.endswith(f"_{end}")), "")
    for kind in kinds:
        yield kind, role
        if not role and kind == "count" and is_whole(values):
            yield kind, "n"


def is_whole(values: Values) -> bool:
    return bool(np.all(np.isnan(values) | (values == np.floor(values))))
