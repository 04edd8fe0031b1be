"""What another system cannot do, a funnel with its dialect does not accept."""

from pathlib import Path

import pytest
from tests.core.test_dialects import (
    CLICKHOUSE,
    DEDUPES,
    DIRECT,
    DROPS,
    ENDS,
    MIXPANEL,
    POSTHOG,
    STRICT,
)
from tests.core.test_funnel_settings import refused


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            'dialect_modes = "allow_reentry"',
            'dialect_modes: are for ClickHouse; add dialect = "clickhouse"',
        ),
        (
            POSTHOG + 'entry = "first"',
            "entry: PostHog lets every entry count; leave it out",
        ),
        (
            POSTHOG + ENDS,
            "exclusions: PostHog's take people out; name them in `drop_unit`",
        ),
        (POSTHOG + 'hold = "h"', "hold: PostHog holds nothing constant; leave it out"),
        (
            POSTHOG + STRICT,
            "ties: PostHog has rules of its own for them; leave it out",
        ),
        (
            POSTHOG + DEDUPES,
            "dialect_modes: PostHog has none; leave them out",
        ),
        (
            MIXPANEL + DIRECT,
            "mode: Mixpanel lets other events stand between; leave it out",
        ),
        (
            MIXPANEL + STRICT,
            "ties: Mixpanel takes two seconds for one moment; leave it out",
        ),
        (
            MIXPANEL + 'window = "400 days"',
            "window: Mixpanel's has at most 366 days; shorten it",
        ),
        (
            MIXPANEL + 'hold = ["h", "i", "j", "k"]',
            "hold: Mixpanel holds at most 3 properties; leave some out",
        ),
        (
            MIXPANEL + DROPS,
            "exclusions: Mixpanel's keep people in; name them in `end_attempt`",
        ),
        (
            CLICKHOUSE + 'entry = "attempts"',
            "entry: ClickHouse returns the longest chain; leave it out",
        ),
        (
            CLICKHOUSE + 'mode = "unordered"',
            "mode: windowFunnel has an order; leave it out",
        ),
        (
            CLICKHOUSE + ENDS,
            "exclusions: windowFunnel has none; leave them out",
        ),
        (
            CLICKHOUSE + 'hold = "h"',
            "hold: windowFunnel holds nothing constant; leave it out",
        ),
        (
            CLICKHOUSE + 'dialect_modes = "allow_reentry"',
            'dialect_modes: allow_reentry needs strict_order; add mode = "direct"',
        ),
        (
            CLICKHOUSE + 'ties = "source_order"',
            "ties: ClickHouse knows no order of the source; leave it out",
        ),
    ],
)
def test_what_a_system_cannot_do_is_refused(
    settings: str, message: str, tmp_path: Path
) -> None:
    settings = f"steps = ['a', 'b']\n{settings}"
    assert refused(tmp_path, settings) == f": {message}"


def test_steps_that_a_dialect_does_not_know_are_refused(tmp_path: Path) -> None:
    optional = "steps = ['a', { any = 'b', optional = true }, 'c']\n"
    assert refused(tmp_path, optional + MIXPANEL) == (
        ": steps: none is optional as Mixpanel is reproduced; make all required"
    )
    within = "steps = ['a', { any = 'b', within = '1 hour' }]\n"
    assert refused(tmp_path, within + POSTHOG) == (
        ": steps: PostHog has no time limit of a step; leave `within` out"
    )
    many = f"steps = {[f'a{number}' for number in range(33)]}\n"
    assert refused(tmp_path, many + CLICKHOUSE) == (
        ": steps: windowFunnel takes at most 32; leave some out"
    )
