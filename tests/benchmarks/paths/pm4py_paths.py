"""pm4py: a formatted dataframe. Waiting times alone; counts are a second call."""

import contextlib
import io

import pandas as pd
from tests.benchmarks.paths.measured import Measure, Told, serve

with contextlib.redirect_stdout(io.StringIO()):
    import pm4py


def load(parquet: str) -> dict[str, Measure]:
    table = pd.read_parquet(parquet)
    table["activity"] = "a" + table.pop("activity_code").astype("str")
    table["at"] = pd.to_datetime(table.pop("second"), unit="s", utc=True)
    table["customer"] = table["customer"].astype("str")
    log = pm4py.format_dataframe(
        table, case_id="customer", activity_key="activity", timestamp_key="at"
    )
    del table

    def transitions() -> Told:
        arcs, _, _ = pm4py.discover_performance_dfg(log)
        return lambda: {"arcs": len(arcs)}

    def counted() -> Told:
        arcs, _, _ = pm4py.discover_dfg(log)
        return lambda: {
            "counts": sorted(
                (int(one[1:]), int(other[1:]), count)
                for (one, other), count in arcs.items()
            )
        }

    def variants() -> Told:
        found = pm4py.get_variants(log)
        return lambda: {"counts": sorted(found.values())}

    return {"transitions": transitions, "counted": counted, "variants": variants}


serve(load)
