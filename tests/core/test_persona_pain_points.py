"""What pain points of personas are counted of."""

from tests.core.bench import Bench


def test_who_goes_back_to_an_earlier_step_has_a_pain_point(bench: Bench) -> None:
    bench.set_project(
        """
        [funnels.buy]
        steps = ["view", ["view", "cart"], "pay"]
        [funnels.any]
        steps = ["view", "cart", "pay"]
        mode = "unordered"
        """
    )
    bench.given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | view     | 2024-05-01 09:01
            ann      | pay      | 2024-05-01 09:02
            ann      | cart     | 2024-05-01 09:03
            bob      | pay      | 2024-05-01 09:00
            bob      | ask      | 2024-05-01 09:01
            bob      | view     | 2024-05-01 09:02
        """,
    )
    assert bench.result_of(
        "int_persona_sums", "name, customers, x, y", where="kind = 'step_back'"
    ) == [("buy · pay", 2, 2.0, 1.0)]  # to view again is no way back


def test_drop_offs_are_counted_in_the_units_of_the_funnel(bench: Bench) -> None:
    bench.set_project('[funnels.buy]\nsteps = ["view", "pay"]\nwindow = "1 day"')
    bench.given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | pay      | 2024-05-01 09:01
            bob      | view     | 2024-05-01 09:00
            cid      | view     | 2024-06-30 12:00
        """,
    )
    assert bench.result_of(
        "int_persona_sums", "persona, name, customers, x, y", where="kind = 'drop_off'"
    ) == [("none", "buy · view", 2, 2.0, 1.0)]


def test_ratings_are_summed_by_touchpoint_the_unasked_ones_apart(bench: Bench) -> None:
    bench.set_project(
        """
        [feedback.csat]
        activity = "csat"
        scale = [1, 5]
        [feedback.review]
        activity = "review"
        scale = [1, 5]
        solicited = false
        """
    )
    bench.given(
        stg_events="""
            customer | activity | occurred_at      | score
            ann      | chat     | 2024-05-01 09:00 |
            ann      | csat     | 2024-05-01 09:01 | 1
            ann      | csat     | 2024-05-01 09:02 | 2
            bob      | chat     | 2024-05-01 09:00 |
            bob      | csat     | 2024-05-01 09:01 | 5
            bob      | review   | 2024-05-01 09:02 | 3
            cid      | csat     | 2024-05-01 09:01 | 1
        """,
    )
    assert bench.result_of(
        "int_persona_sums",
        "name, least, most, customers, x, y / scale",
        where="kind = 'emotion'",
    ) == [
        ("chat · web", -1_000_000, 1_000_000, 2, 3.0, -0.5),
        ("chat · web (unasked)", -1_000_000, 1_000_000, 1, 1.0, 0.0),
    ]
