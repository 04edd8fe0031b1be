"""r4pm: an event log of its registry. It counts transitions, without times."""

import polars as pl
import r4pm
from r4pm import bindings
from tests.benchmarks.paths.measured import Measure, Told, serve


def load(parquet: str) -> dict[str, Measure]:
    table = pl.read_parquet(parquet).select(
        pl.col("customer").cast(pl.String).alias("case:concept:name"),
        ("a" + pl.col("activity_code").cast(pl.String)).alias("concept:name"),
        pl.from_epoch("second", time_unit="s")
        .dt.replace_time_zone("UTC")
        .alias("time:timestamp"),
    )
    log = r4pm.import_item_from_df("EventLog", table)
    del table

    def transitions() -> Told:
        arcs = bindings.discover_dfg(log)["directly_follows_relations"]
        return lambda: {
            "counts": sorted(
                (int(one[1:]), int(other[1:]), count) for (one, other), count in arcs
            )
        }

    def variants() -> Told:
        projection = bindings.log_to_activity_projection(log)
        found = bindings.get_variants(projection)
        r4pm.remove_item(projection)
        return lambda: {"counts": sorted(one["count"] for one in found)}

    return {"transitions": transitions, "variants": variants}


serve(load)
