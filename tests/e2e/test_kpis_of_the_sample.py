"""The sample's metrics: their queries give their values, and its incident is found."""

import math
import re
from datetime import date, timedelta

import duckdb
import pyarrow.parquet as pq
from tests.e2e.running import SAMPLE, Published

EACH = """
    select fct_kpis.metric, period_kind, period, persona, segment, segment_value, value,
        query
    from fct_kpis inner join meta_metrics on fct_kpis.metric = meta_metrics.metric
    where value is not null
    qualify row_number() over (
        partition by fct_kpis.metric, period_kind
        order by hash(period || persona || segment || segment_value), period, persona
    ) <= 3
    order by all
"""


def days(kind: str, period: str) -> tuple[date, date]:
    if kind == "all":
        return date(1900, 1, 1), date(2100, 1, 1)
    first = date.fromisoformat(period)
    if kind == "week":
        return first, first + timedelta(days=7)
    return first, (first + timedelta(days=31)).replace(day=1)


def test_the_query_of_each_metric_gives_its_values(sample: Published) -> None:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        wrong = []
        for *key, value, query in con.execute(EACH).fetchall():
            _, kind, period, persona, segment, segment_value = key
            since, until = days(kind, period)
            known = {
                "since": since,
                "until": until,
                "period_kind": kind,
                "label": period,
                "persona": persona,
                "segment": segment,
                "segment_value": segment_value,
            }
            named = {name: known[name] for name in re.findall(r"\$([a-z_]+)", query)}
            ((found,),) = con.execute(query, named).fetchall()
            if not math.isclose(float(found), value, rel_tol=1e-9, abs_tol=1e-9):
                wrong.append((*key, value, found))
    assert wrong == []


def test_the_planted_incident_is_what_became_worse_most_surely(
    sample: Published,
) -> None:
    (incident,) = pq.read_table(SAMPLE / "truth" / "incidents.parquet").to_pylist()
    ((metric, period, *place, before, after, q),) = sample.rows(
        """
        select metric, period, segment, segment_value, value_before, value_after,
            q_value
        from fct_kpi_changes
        where period_kind = 'month' and is_worse and rank = 1
        """
    )
    assert metric == "funnel.checkout.payment_info_entered.drop_rate"
    assert place == ["device", incident["device"]]
    assert period == incident["started_at"].strftime("%Y-%m-01")
    assert after > 2 * before
    assert q < 0.001


def test_an_objective_is_told_in_one_row_with_its_projection(
    sample: Published,
) -> None:
    rows = sample.rows(
        """
        select period_kind, is_final, target, status, projection_low <= projection,
            projection <= projection_high
        from fct_kpis
        where objective = 'checkout_conversion' and status is not null
        """
    )
    assert len(rows) == 1
    kind, is_final, target, status, *is_between = rows[0]
    assert (kind, is_final, target, *is_between) == ("month", True, 0.45, True, True)
    assert status in ("on_track", "at_risk", "missed")
