"""In which stage of the map something stands that names a place in other words."""

from dataclasses import dataclass

from journeymine.report.cells import queries as cell_queries
from journeymine.report.journey_map import queries as lanes
from journeymine.report.reader import Row, Tables

WHOLE = ""
"""Stands for the whole journey: what has no stage of its own."""

BETWEEN = " > "
PATHS = "$paths"


@dataclass(frozen=True)
class Homes:
    """The stage of each activity, touchpoint and step of a funnel."""

    stages: frozenset[str]
    activities: dict[str, str]
    touchpoints: dict[str, str]
    steps: dict[tuple[str, int], str]
    named_steps: dict[tuple[str, str], str]

    def of_pain(self, row: Row) -> str:
        """Return the stage of a pain point."""
        if row.funnel != PATHS:
            return self.named_steps.get((row.funnel, row.place), WHOLE)
        return self.of_name(row.place.rpartition(", ")[0]) or self.of_name(row.place)

    def of_note(self, row: Row) -> str:
        """Return the stage of what a note hangs on; of a pain point, of its place."""
        return (
            WHOLE
            if row.anchor_kind in ("persona", "journey")
            else self.of_name(row.anchor)
        )

    def of_metric(self, metric: str) -> str:
        """Return the stage of what is measured in one."""
        family, _, rest = metric.partition(".")
        if family == "emotion":
            return rest if rest in self.stages else WHOLE
        for (funnel, step), stage in self.named_steps.items():
            if metric == f"funnel.{funnel}.{step}.drop_rate":
                return stage
        return WHOLE

    def of_name(self, name: str) -> str:
        """Return the stage of what a name stands for, or of where a way begins."""
        for known in (
            {one: one for one in self.stages},
            self.activities,
            self.touchpoints,
        ):
            if name in known:
                return known[name]
        for (_, step), stage in self.named_steps.items():
            if step == name:
                return stage
        parts = name.split(BETWEEN)
        for cut in range(1, len(parts)):
            left = BETWEEN.join(parts[:cut])
            if left in self.activities:
                return self.activities[left]
        return WHOLE


def read_homes(tables: Tables, stages: tuple[str, ...]) -> Homes:
    """Return where everything stands."""
    steps = {
        (row.funnel, row.step_index): row.stage
        for row in tables.rows(lanes.FUNNEL_STAGES)
    }
    named = tables.rows(
        "select distinct funnel, step_index, step from meta_funnels order by all"
    )
    return Homes(
        stages=frozenset(stages),
        activities={
            row.activity: row.stage for row in tables.rows(cell_queries.ACTIVITY_HOMES)
        },
        touchpoints={
            row.touchpoint: row.stage
            for row in tables.rows(cell_queries.TOUCHPOINT_HOMES)
        },
        steps=steps,
        named_steps={
            (row.funnel, row.step): steps[row.funnel, row.step_index]
            for row in named
            if (row.funnel, row.step_index) in steps
        },
    )
