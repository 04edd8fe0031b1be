"""What journeys do at an activity, as places where something may be lost."""

from collections.abc import Iterator

import duckdb

from journeymine.pain_points.combinations import Combinations
from journeymine.pain_points.gains import Gains
from journeymine.pain_points.losses import losses
from journeymine.pain_points.places import PATHS, Place
from journeymine.pain_points.trials import Trials

KINDS = {"leave": "touchpoint", "follow": "transition", "again": "loop", "slow": "wait"}

ACTIVITIES = """
select activity_code, activity, is_goal or exit_cause is not null
from int_activities
"""
SWITCHES = """
select 'follow', from_activity, to_activity
from fct_transitions
where persona = 'all' and segment = 'all' and is_switch
"""


def path_places(
    con: duckdb.DuckDBPyConnection,
    combinations: Combinations,
    trials: Trials,
    gains: Gains,
) -> Iterator[Place]:
    """Yield what is done often at activities, and costs conversions or time."""
    rows = con.execute(ACTIVITIES).fetchall()
    names = {code: name for code, name, _ in rows}
    ends = {code for code, _, is_end in rows if is_end}
    switches = set(con.execute(SWITCHES).fetchall())
    for loss in losses(trials):
        named = [names[code] for code in loss.codes if code]
        gain = gains.of(loss.kind, *named)
        # Whoever reaches a goal has left nothing; another way may be the better one.
        if loss.codes[0] in ends or gain <= 0:
            continue
        kept = loss.at_risk - loss.lost
        yield Place(
            "switch" if (loss.kind, *named) in switches else KINDS[loss.kind],
            PATHS,
            " > ".join(named),
            frozenset(named),
            combinations.sets(loss.slice_set, loss.month),
            *(loss.at_risk, loss.lost, loss.lost, kept, kept * gain),
            loss.effect,
            has_peers=loss.kind == "leave",
            code=loss.codes,
        )
