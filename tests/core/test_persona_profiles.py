"""What personas reach, where they suffer, how they buy and where they are met."""

from tests.core.bench import Bench, Columns
from tests.core.typed import columns, given_typed

PROJECT = """
[journey]
goal = ["order"]
"""
FOUND = {"persona": ["p1", "p2"]}
SUMS = ("persona", "kind", "name", "least", "customers", "x", "y")
NOBODY = ("p1", "contact", "support", 0, 9, 9, 0)


def test_a_pain_point_is_surely_worse_than_elsewhere_and_costs_most_first(
    bench: Bench,
) -> None:
    given_typed(
        bench,
        int_persona_sums=pain_points(
            ("p1", "drop_off", "buy · view", 0, 100, 100, 60),
            ("p2", "drop_off", "buy · view", 0, 100, 100, 20),
            ("p1", "drop_off", "buy · cart", 0, 100, 100, 21),
            ("p2", "drop_off", "buy · cart", 0, 100, 100, 20),
            ("p1", "contact", "support", 0, 250, 250, 150),
            ("p2", "contact", "support", 0, 250, 250, 50),
            ("p1", "emotion", "chat", -1, 90, 90, -60),
            ("p2", "emotion", "chat", -1, 90, 90, 60),
        ),
        py_persona_profiles=FOUND,
    )
    bench.given(int_personas="customer_code | persona", int_journeys="customer_code")
    assert bench.result_of(
        "fct_persona_profiles", "persona, place, kind, round(difference, 3), unit"
    ) == [
        ("p1", 1, "contact", 0.4, "share"),  # 100 more than elsewhere
        ("p1", 2, "emotion", -1.333, "emotion"),  # as if 60 were lost
        ("p1", 3, "drop_off", 0.4, "share"),  # 40 more
    ]


def pain_points(*rows: tuple[str, str, str, int, int, int, int]) -> Columns:
    """Return sums of customers who count once each."""
    drawn, size = columns(SUMS, *rows), len(rows)
    return drawn | {
        "aspect": ["pain_point"] * size,
        "scale": [1] * size,
        "most": [1] * size,
        "xx": drawn["x"],
        "xy": drawn["y"],
        "yy": [abs(row[-1]) for row in rows],
    }


def test_days_between_orders_are_those_of_the_same_customer(bench: Bench) -> None:
    bench.given(
        int_personas="""
            customer_code | persona
            1             | p1
            2             | p1
            3             | p2
        """,
        int_journeys="""
            journey_code | journey_kind | customer_code | outcome   | ended_at
            1            | main         | 1             | converted | 2024-01-01 00:00
            2            | main         | 1             | abandoned | 2024-01-03 00:00
            3            | main         | 1             | converted | 2024-01-11 00:00
            4            | main         | 1             | converted | 2024-01-15 00:00
            5            | main         | 2             | converted | 2024-01-20 00:00
            6            | other        | 2             | converted | 2024-01-21 00:00
            7            | main         | 3             | converted | 2024-01-01 00:00
            8            | main         | 3             | converted | 2024-03-01 00:00
        """,
    )
    given_typed(bench, int_persona_sums=pain_points(NOBODY), py_persona_profiles=FOUND)
    assert bench.result_of(
        "fct_persona_profiles", "persona, name, value, other_value, cases"
    ) == [
        ("p1", "median_days_between_orders", 4.0, 60.0, 2),
        ("p2", "median_days_between_orders", 60.0, 4.0, 1),
    ]


def test_the_profile_of_a_persona_stands_in_one_row(bench: Bench) -> None:
    bench.set_project(PROJECT)
    bench.given(
        stg_events="""
            customer | activity | occurred_at      | channel | amount
            ann      | view     | 2024-01-01 09:00 | web     |
            ann      | cart     | 2024-01-01 09:01 | web     |
            ann      | order    | 2024-01-01 09:02 | app     | 20
            bob      | view     | 2024-01-01 09:00 | web     |
        """,
    )
    assert bench.result_of(
        "dim_personas", "persona, goals, pain_points, preferred_channels"
    ) == [
        (
            "none",
            [
                {"name": "order", "share": 0.5, "other_share": None},
                {"name": "abandoned", "share": 0.5, "other_share": None},
            ],
            [],
            [
                {"channel": "web", "share": 0.75, "lift": None},
                {"channel": "app", "share": 0.25, "lift": None},
            ],
        )
    ]
    assert bench.result_of(
        "dim_personas cross join unnest(buying_behaviour) as told(figure)",
        "figure.name, figure.value, figure.unit",
    ) == [
        ("mean_basket", 20.0, "currency"),
        ("orders_per_customer", 0.5, "number"),
        ("repeat_buyers", 0.0, "share"),
    ]


def test_of_journeys_begun_late_nothing_is_concluded(bench: Bench) -> None:
    """Those who were quick have an outcome; the others are not heard."""
    bench.set_project(PROJECT)
    bench.given(
        stg_events="""
            customer | activity | occurred_at
            ann      | order    | 2024-06-20 09:02
            bob      | view     | 2024-05-01 09:00
        """,
    )
    assert bench.result_of("dim_personas", "goals") == [
        ([{"name": "abandoned", "share": 1.0, "other_share": None}],)
    ]
