"""Funnels that count as another system does: one drawn example per rule."""

from tests.core.bench import Bench
from tests.core.test_funnels import log

HEAD = '[project]\nname = "T"\nas_of = 2024-07-01T00:00:00Z\n'
AB = 'steps = ["a", "b"]\nwindow = "1 hour"\n'
ABC = 'steps = ["a", "b", "c"]\nwindow = "1 hour"\n'
POSTHOG, MIXPANEL, CLICKHOUSE = (
    f'dialect = "{name}"\n' for name in ("posthog", "mixpanel", "clickhouse")
)
DROPS, ENDS = 'exclusions.drop_unit = ["x"]\n', 'exclusions.end_attempt = ["x"]\n'
DIRECT, STRICT = 'mode = "direct"\n', 'ties = "strict"\n'
DEDUPES = 'dialect_modes = ["strict_deduplication"]\n'

Case = tuple[str, list[str], list[int]]
"""Settings of a funnel, events of a customer, and the depth of each row."""


COUNTED_BY_POSTHOG: list[Case] = [
    # The latest entry counts, and the window includes its end.
    (AB, ["a 09:00", "a 09:30", "b 10:30"], [2]),
    (AB, ["a 09:00", "b 10:00:00.000001"], [1]),
    # What is within 50 ms may come in any order, but strict steps may not.
    (AB, ["b 09:00", "a 09:00:00.05"], [2]),
    (AB, ["b 09:00", "a 09:00:00.06"], [1]),
    (AB + DIRECT, ["b 09:00", "a 09:00:00.05"], [1]),
    # An exclusion takes the person out, until a later attempt redeems it.
    (AB + DROPS, ["a 09:00", "x 09:01", "b 09:02"], []),
    (AB + DROPS, ["a 09:00", "x 09:01"], []),
    (AB + DROPS, ["a 09:00", "x 09:01", "a 09:02", "b 09:03"], [2]),
    # A tied exclusion is passed over.
    (AB + DROPS, ["a 09:00", "x 09:00", "b 09:02"], [2]),
    # A range bounds the conversion too.
    (AB + "until = 2024-05-01T09:30:00Z\n", ["a 09:00", "b 09:31"], [1]),
    # Strict steps let nothing stand between.
    (AB + DIRECT, ["a 09:00", "z 09:01", "b 09:02"], [1]),
    # Without an order an exclusion forgets all, also whether someone entered.
    (ABC + DROPS + 'mode = "unordered"\n', ["b 09:00", "x 09:01"], []),
    (ABC + 'mode = "unordered"\n', ["c 09:00", "a 09:01", "b 10:30"], [2]),
]


def test_posthog_counts_so(bench: Bench) -> None:
    check(POSTHOG, COUNTED_BY_POSTHOG, bench)


COUNTED_BY_MIXPANEL: list[Case] = [
    # A user enters once, and a later entry does not begin the window anew.
    (ABC, ["a 09:00", "a 09:30", "b 09:45", "c 10:15"], [2]),
    (AB, ["a 09:00", "a 10:30", "b 10:31"], [1]),
    ('steps = ["a", "b"]\n', ["a 09:00", "b 09:00 08"], [2]),
    ('steps = ["a", "b"]\n', ["a 09:00", "b 09:01 08"], [1]),
    # Optimized re-entry.
    (AB + 'entry = "any"\n', ["a 09:00", "a 10:30", "b 10:31"], [2]),
    # Two seconds are one moment.
    (AB, ["b 09:00:00", "a 09:00:02"], [2]),
    (AB, ["b 09:00:00", "a 09:00:02.000001"], [1]),
    # An exclusion ends the attempt; the user stays.
    (ABC + ENDS, ["a 09:00", "b 09:01", "x 09:02", "c 09:03"], [2]),
    (AB + ENDS, ["x 09:00:00", "a 09:00:02", "b 09:01"], [1]),
    (AB + ENDS, ["x 09:00:00", "a 09:00:03", "b 09:01"], [2]),
    # Totals: a conversion, an exclusion or the window ends an attempt.
    (
        AB + 'entry = "attempts"\n',
        ["a 09:00", "a 09:01", "b 09:02", "a 09:03", "a 10:30", "b 10:31"],
        [2, 1, 2],
    ),
    (
        AB + ENDS + 'entry = "attempts"\n',
        ["a 09:00", "x 09:01", "a 09:02", "b 09:03"],
        [1, 2],
    ),
    # Any order.
    (ABC + 'mode = "unordered"\n', ["c 09:00", "a 09:01", "b 10:30"], [2]),
]


def test_mixpanel_counts_so(bench: Bench) -> None:
    check(MIXPANEL, COUNTED_BY_MIXPANEL, bench)


COUNTED_BY_CLICKHOUSE: list[Case] = [
    # Times are whole seconds, and a second comes in the order of the steps.
    (AB, ["b 09:00:00", "a 09:00:00.9"], [2]),
    (AB, ["b 09:00:00", "a 09:00:01"], [1]),
    (AB + STRICT, ["a 09:00:00", "b 09:00:00.9"], [1]),
    (AB, ["a 09:00:00", "b 10:00:00.9"], [2]),
    # One event may be two steps.
    ('steps = ["a", ["a", "b"]]\n', ["a 09:00"], [2]),
    # A step out of order ends it where the order is strict.
    (ABC, ["a 09:00", "c 09:01", "b 09:02"], [2]),
    (ABC + DIRECT, ["a 09:00", "c 09:01", "b 09:02"], [1]),
    (ABC + DIRECT, ["a 09:00", "z 09:01", "b 09:02"], [1]),
    (
        ABC + DIRECT + 'dialect_modes = "allow_reentry"\n',
        ["a 09:00", "c 09:01", "b 09:02"],
        [2],
    ),
    # A repeated step ends it where it may not be.
    (ABC, ["a 09:00", "b 09:01", "b 09:02", "c 09:03"], [3]),
    (ABC + DEDUPES, ["a 09:00", "b 09:01", "b 09:02", "c 09:03"], [2]),
]


def test_clickhouse_counts_so(bench: Bench) -> None:
    check(CLICKHOUSE, COUNTED_BY_CLICKHOUSE, bench)


def check(dialect: str, cases: list[Case], bench: Bench) -> None:
    """Build a funnel and a customer per case: all of them at once, to be quick."""
    funnels, columns = [HEAD], log()
    for place, (settings, events, _) in enumerate(cases):
        funnels.append(f"[funnels.f{place}]\n{dialect}{settings}")
        own = {**log(*events), "customer": [f"c{place}"] * len(events)}
        for name, values in own.items():
            columns[name] += values
    bench.set_project("\n".join(funnels))
    bench.given(stg_events=columns)
    rows = bench.result_of(
        "int_funnel_units inner join int_set_customers"
        " on int_funnel_units.customer_code = int_set_customers.customer_code",
        "'c' || funnel[2:], split_part(identifiers, '=', 2), attempt_index, depth",
    )
    for place, (settings, events, depths) in enumerate(cases):
        own_rows = [row for row in rows if row[:2] == (f"c{place}", f"c{place}")]
        assert [row[-1] for row in own_rows] == depths, (settings, events)
