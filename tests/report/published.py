"""The published tables as the report reads them: columns, and a file of any rows."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

SLICE = "persona varchar, segment varchar, segment_value varchar"


def _rate(name: str) -> str:
    return f"{name} double, {name}_low double, {name}_high double"


COLUMNS = {
    "meta_run": "name varchar, value varchar",
    "meta_stages": "stage_index bigint, stage varchar",
    "meta_funnels": "funnel varchar, funnel_index bigint, step_index bigint,"
    " step varchar, activities varchar[]",
    "meta_loads": "source varchar, file varchar, sha256 varchar, lines bigint,"
    " header bigint, blank bigint, records bigint, refused varchar,"
    " accepted bigint, duplicate bigint, conflicting bigint,"
    " quarantined bigint, bytes bigint",
    "meta_watermarks": "source varchar, complete_until timestamptz,"
    " is_assumed boolean, last_at timestamptz, silent_since timestamptz,"
    " usual_silence_seconds bigint, is_stopped boolean",
    "meta_times": "source varchar, time_flag varchar, events bigint, unordered bigint",
    "meta_unmatched": "activity varchar, channel varchar, events bigint, share double",
    "meta_conflicts": "source varchar, event_id varchar, kind varchar",
    "meta_quarantine": "source varchar, file varchar, line bigint,"
    " byte_offset bigint, reason varchar",
    "meta_balances": "source varchar, rule varchar, events bigint",
    "dim_personas": "persona varchar, persona_name varchar, customers bigint,"
    " share double, has_structure boolean, silhouette double, profile varchar,"
    " traits struct(feature varchar, value double, overall double,"
    " difference double)[]",
    "dim_customers": "customer_id varchar, persona varchar, first_at timestamptz,"
    " last_at timestamptz, journeys bigint, is_churned boolean, identifiers bigint,"
    " is_identified boolean, sessions bigint, events bigint, conversions bigint,"
    " amount decimal(18,2), first_channel varchar, device varchar",
    "dim_activities": "activity varchar, stage varchar, stage_index bigint,"
    " actor varchar, channel varchar, is_goal boolean, is_exit boolean,"
    " events bigint, customers bigint",
    "fct_events": "event_id varchar, customer_id varchar, journey_id varchar,"
    " session_id varchar, event_index bigint, occurred_at timestamptz,"
    " activity varchar, channel varchar, stage varchar, actor varchar,"
    " source_system varchar, amount decimal(18,2), is_aftermath boolean",
    "fct_journeys": "journey_id varchar, journey_kind varchar default 'main',"
    " customer_id varchar, persona varchar,"
    " started_at timestamptz, ended_at timestamptz, outcome varchar, events bigint,"
    " sessions bigint, duration_seconds double, variant_id varchar",
    "fct_transitions": f"{SLICE}, from_activity varchar, to_activity varchar,"
    " transitions bigint, customers bigint, mean_seconds double,"
    " p50_seconds double, p90_seconds double",
    "fct_stages": f"{SLICE}, stage varchar, journeys bigint, p50_seconds double,"
    " p90_seconds double",
    "fct_activities": f"{SLICE}, activity varchar, events bigint, journeys bigint,"
    " customers bigint, starts bigint, ends bigint, open_ends bigint",
    "fct_variants": f"{SLICE}, variant_id varchar, variant varchar,"
    " variant_index bigint, journeys bigint, share double, converted bigint,"
    " exited bigint, abandoned bigint, in_progress bigint",
    "fct_funnel": f"funnel varchar, {SLICE}, step_index bigint, step varchar,"
    " unit varchar, window_seconds bigint, entered bigint, reached bigint,"
    " dropped bigint, excluded bigint, in_progress bigint, entered_mature bigint,"
    f" reached_mature bigint, {_rate('rate_observed')}, {_rate('rate_mature')},"
    f" {_rate('rate_km')}, rate_km_reason varchar, {_rate('conversion_rate')},"
    " conversion_rate_basis varchar, conversion_rate_reason varchar",
    "fct_drop_offs": f"funnel varchar, period varchar, {SLICE}, step_index bigint,"
    " step varchar, next_step varchar, at_risk bigint, reached bigint,"
    f" in_progress bigint, dropped bigint, dropped_at_risk bigint,"
    f" {_rate('drop_rate')},"
    " expected_rate double, expected_basis varchar, excess double,"
    " value_lost double, q_value double, went_to_support bigint,"
    " median_silence_seconds double, next_activity varchar",
    "fct_churn": f"period varchar, {SLICE}, at_risk bigint, churned bigint,"
    f" undetermined bigint, resurrected bigint, settled bigint, {_rate('churn_rate')}",
    "fct_retention": f"cohort date, period_index bigint, {SLICE}, customers bigint,"
    " active bigint, at_risk bigint, retention_rate double, is_final boolean",
    "fct_experience": f"level varchar, name varchar, is_solicited boolean, {SLICE},"
    f" answers bigint, customers bigint, {_rate('emotion')}, sent bigint,"
    " response_rate double,"
    f" nps_answers bigint, {_rate('nps')}, csat_answers bigint, csat double",
    "fct_touchpoints": f"{SLICE}, touchpoint varchar, stage varchar,"
    " activity varchar, channel varchar, actor varchar, events bigint,"
    " journeys bigint, customers bigint",
    "fct_feedback_texts": "event_id varchar, customer_id varchar, persona varchar,"
    " stage varchar, touchpoint varchar, answered_at timestamptz, emotion double,"
    " is_solicited boolean, feedback varchar, text varchar",
}
Rows = Mapping[str, Sequence[Mapping[str, object]]]


def publish(path: Path, rows: Rows) -> Path:
    """Write a published file: all tables, with these rows."""
    with duckdb.connect(str(path)) as con:
        con.execute("set timezone = 'UTC'")
        for table, columns in COLUMNS.items():
            con.execute(f"create table {table} ({columns})")
            if rows.get(table):
                con.register("incoming", pa.Table.from_pylist(list(rows[table])))
                con.execute(f"insert into {table} by name select * from incoming")
                con.unregister("incoming")
    return path
