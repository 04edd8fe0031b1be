"""The metrics of what customers say."""

from collections.abc import Iterator

from journeymine.config import Config
from journeymine.kpis import queries
from journeymine.kpis.metric import Metric

PPM = 1_000_000
"""Emotions are summed in millionths."""

EMOTION = "sum(emotion * weight) / nullif(sum(weight), 0)"
NET = "100 * avg(emotion)"
WORDS = {
    "nps": "% promoters - % detractors",
    "csat": "Share in the top two boxes",
    "ces": "Share that found it easy",
}


def voices(config: Config) -> Iterator[Metric]:
    """Yield what is followed of answers: scores, and emotion per stage."""
    asked = {one.kind for one in config.feedback.values() if one.solicited}
    values = {
        "nps": NET,
        "csat": "count(*) filter (where is_top_box) / nullif(count(*), 0)",
        "ces": "count(*) filter (where emotion > 0) / nullif(count(*), 0)",
    }
    for kind in sorted(asked & {*values}):
        is_net = kind == "nps"
        yield Metric(
            name=kind,
            words=f"{WORDS[kind]}, of the {kind.upper()} answers of the period",
            unit="points" if is_net else "share",
            direction="up",
            query=queries.of_answers(
                values[kind],
                f"kind = '{kind}' and is_solicited and is_rating",
                config.project.timezone,
            ),
            family="answers",
            subject=kind,
            scale=PPM / 100 if is_net else 1,
            bounds=(-PPM, PPM) if is_net else (0, 1),
        )
    if asked:
        yield from _emotions(config)


def _emotions(config: Config) -> Iterator[Metric]:
    further = [rule.stage for rule in config.rules if rule.stage]
    for stage in (None, *dict.fromkeys([*config.stages, *further])):
        about = f" about {stage}" if stage else ""
        condition = f" and stage = {queries.text(stage)}" if stage else ""
        yield Metric(
            name=f"emotion.{stage}" if stage else "emotion",
            words=f"Mean of what asked customers said{about} in the period, from -1 to"
            " +1; a text without a score weighs 0.35 of one",
            unit="emotion",
            direction="up",
            query=queries.of_answers(
                EMOTION, f"is_solicited{condition}", config.project.timezone
            ),
            family="emotion",
            subject=stage or "",
            scale=PPM,
            bounds=(-PPM, PPM),
        )
