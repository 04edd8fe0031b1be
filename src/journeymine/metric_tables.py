"""What the project file measures, as `cfg_*` tables: funnels, attempts, feedback."""

import duckdb

from journeymine.attribution.tables import write_attribution
from journeymine.comparing.settings import write_comparisons
from journeymine.config import Config
from journeymine.conformance.settings import write_expected
from journeymine.drivers.settings import write_drivers
from journeymine.feedback_tables import write_feedback
from journeymine.funnel_tables import write_funnels
from journeymine.kpis.tables import write_kpis
from journeymine.lifecycle_tables import write_lifecycle
from journeymine.pain_points.settings import write_pain_points
from journeymine.patterns.tables import write_paths
from journeymine.prediction.tables import write_prediction
from journeymine.warehouse import Row


def write_metrics(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write the `cfg_*` tables of funnels, attempts and feedback."""
    write_funnels(con, config)
    write_lifecycle(con, config)
    write_feedback(con, config)
    write_paths(con, config)
    write_expected(con, config)
    write_comparisons(con, config)
    write_drivers(con, config)
    write_prediction(con, config)
    write_pain_points(con, config)
    write_kpis(con, config)
    write_attribution(con, config)


def pairs(named: dict[str, tuple[str, ...]]) -> list[Row]:
    """Return (name, activity) for each activity of each name."""
    return [
        (name, activity)
        for name, activities in named.items()
        for activity in activities
    ]
