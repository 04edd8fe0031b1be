"""retentioneering: its matrix of median times; counts are a second call."""

import sys
from typing import Any

import pandas as pd
from tests.benchmarks.paths.measured import Measure, Told, serve

sys.modules["posthog"] = None  # type: ignore[assignment]  # it would report its use
from retentioneering.eventstream import Eventstream  # noqa: E402
from retentioneering.tools.transition_matrix import (  # noqa: E402
    TransitionMatrix,
)


def load(parquet: str) -> dict[str, Measure]:
    table = pd.read_parquet(parquet)
    table["event"] = "a" + table.pop("activity_code").astype("str")
    table["timestamp"] = pd.to_datetime(table.pop("second"), unit="s")
    table["user_id"] = table.pop("customer")
    stream = Eventstream(table)

    def transitions() -> Told:
        medians = TransitionMatrix(stream).fit("time_median")
        return lambda: {"arcs": int(_inner(medians).count().sum())}

    def counted() -> Told:
        matrix = _inner(TransitionMatrix(stream).fit("count"))
        return lambda: {
            "counts": sorted(
                (int(one[1:]), int(other[1:]), int(count))
                for other, column in matrix.items()
                for one, count in column.items()
                if count
            )
        }

    return {"transitions": transitions, "counted": counted}


def _inner(matrix: Any) -> Any:  # a DataFrame of the peers' own pandas
    names = [name for name in matrix.index if name.startswith("a")]
    return matrix.loc[names, names]


serve(load)
