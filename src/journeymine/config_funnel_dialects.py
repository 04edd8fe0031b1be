"""Funnels that count by the rules of another system: what each of them can say."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from journeymine.config_funnels import Funnel

DialectName = Literal["posthog", "mixpanel", "clickhouse"]
DialectMode = Literal["strict_deduplication", "allow_reentry"]

MOST_CONDITIONS = 32
"""ClickHouse takes no more steps."""

MOST_HELD = 3
LONGEST_WINDOW = timedelta(days=366)
"""Mixpanel takes no more properties, and no longer window."""

SYSTEMS = {"posthog": "PostHog", "mixpanel": "Mixpanel", "clickhouse": "ClickHouse"}


def with_defaults(settings: object) -> object:
    """Return the settings of a funnel with those that its dialect supposes.

    Mixpanel counts unique users, by their first entry, within 7 days.
    """
    if isinstance(settings, dict) and settings.get("dialect") == "mixpanel":
        return {"entry": "first", "window": "7 days", **settings}
    return settings


def wrong_dialect(funnel: "Funnel") -> Iterable[str]:
    """Yield what a funnel says that the system of its dialect cannot."""
    if funnel.dialect is None:
        if funnel.dialect_modes:
            yield 'dialect_modes: are for ClickHouse; add dialect = "clickhouse"'
        return
    system = SYSTEMS[funnel.dialect]
    if funnel.optional:
        yield f"steps: none is optional as {system} is reproduced; make all required"
    if any(step.within for step in funnel.steps):
        yield f"steps: {system} has no time limit of a step; leave `within` out"
    if funnel.ties == "source_order":
        yield f"ties: {system} knows no order of the source; leave it out"
    if funnel.dialect_modes and funnel.dialect != "clickhouse":
        yield f"dialect_modes: {system} has none; leave them out"
    yield from {
        "posthog": _wrong_for_posthog,
        "mixpanel": _wrong_for_mixpanel,
        "clickhouse": _wrong_for_clickhouse,
    }[funnel.dialect](funnel)


def _wrong_for_posthog(funnel: "Funnel") -> Iterable[str]:
    if funnel.entry != "any":
        yield "entry: PostHog lets every entry count; leave it out"
    if funnel.ties == "strict":
        yield "ties: PostHog has rules of its own for them; leave it out"
    if funnel.hold:
        yield "hold: PostHog holds nothing constant; leave it out"
    if funnel.exclusions.end_attempt:
        yield "exclusions: PostHog's take people out; name them in `drop_unit`"


def _wrong_for_mixpanel(funnel: "Funnel") -> Iterable[str]:
    if funnel.mode == "direct":
        yield "mode: Mixpanel lets other events stand between; leave it out"
    if funnel.ties == "strict":
        yield "ties: Mixpanel takes two seconds for one moment; leave it out"
    if len(funnel.hold) > MOST_HELD:
        yield f"hold: Mixpanel holds at most {MOST_HELD} properties; leave some out"
    if funnel.window > LONGEST_WINDOW:
        yield f"window: Mixpanel's has at most {LONGEST_WINDOW.days} days; shorten it"
    if funnel.exclusions.drop_unit:
        yield "exclusions: Mixpanel's keep people in; name them in `end_attempt`"


def _wrong_for_clickhouse(funnel: "Funnel") -> Iterable[str]:
    if funnel.entry != "any":
        yield "entry: ClickHouse returns the longest chain; leave it out"
    if funnel.mode == "unordered":
        yield "mode: windowFunnel has an order; leave it out"
    if funnel.hold:
        yield "hold: windowFunnel holds nothing constant; leave it out"
    if funnel.exclusions.end_attempt or funnel.exclusions.drop_unit:
        yield "exclusions: windowFunnel has none; leave them out"
    if len(funnel.steps) > MOST_CONDITIONS:
        yield f"steps: windowFunnel takes at most {MOST_CONDITIONS}; leave some out"
    if "allow_reentry" in funnel.dialect_modes and funnel.mode != "direct":
        yield 'dialect_modes: allow_reentry needs strict_order; add mode = "direct"'
