"""The metrics of a project, and its objectives, as `cfg_*` tables."""

import duckdb

from journeymine.config import Config
from journeymine.kpis.metric import Metric
from journeymine.kpis.metrics import metric_named, metrics
from journeymine.warehouse import Row, write_table


def write_kpis(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write `cfg_metrics` and `cfg_objectives`."""
    known = metrics(config)
    write_table(
        con,
        "cfg_metrics",
        "metric_index integer, metric varchar, words varchar, unit varchar, "
        "direction varchar, query varchar, family varchar, subject varchar, "
        "position integer, depth integer, form varchar, scale double, least double, "
        "most double, is_monthly boolean, is_weekly boolean, waits_for varchar, "
        "is_once boolean",
        [
            (index, *_told(metric))
            for index, metric in enumerate(known.values(), start=1)
        ],
    )
    write_table(
        con,
        "cfg_objectives",
        "objective varchar, metric_index integer, target double, target_by date, "
        "period_kind varchar, direction varchar, persona varchar, segment varchar, "
        "segment_value varchar, owner varchar",
        _objectives(config, known),
    )


def _told(metric: Metric) -> Row:
    least, most = metric.bounds if metric.form == "ratio" else (None, None)
    return (
        metric.name,
        metric.words,
        metric.unit,
        metric.direction,
        metric.query,
        metric.family,
        metric.subject,
        metric.position,
        metric.depth,
        metric.form,
        metric.scale,
        least,
        most,
        "month" in metric.kinds,
        "week" in metric.kinds,
        metric.waits_for,
        metric.is_once,
    )


def _objectives(config: Config, known: dict[str, Metric]) -> list[Row]:
    places = {name: index for index, name in enumerate(known, start=1)}
    rows: list[Row] = []
    for name, objective in config.objectives.items():
        metric = metric_named(known, objective.metric)
        if metric is None:
            continue  # load_config refuses it
        rows.append(
            (
                name,
                places[metric.name],
                objective.target,
                objective.by,
                objective.period or metric.kinds[0],
                objective.direction or metric.direction,
                *objective.slice,
                objective.owner,
            )
        )
    return rows
