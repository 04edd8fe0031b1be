"""What the tables say of a funnel that counts as another system does."""

from tests.core.bench import WHOLE, Given, ResultOf, SetProject
from tests.core.test_dialects import AB, DROPS, HEAD, MIXPANEL, POSTHOG


def funnel(settings: str) -> str:
    return f"{HEAD}[funnels.f]\n{settings}"


def test_a_property_is_held_at_the_first_entry(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel(MIXPANEL + AB + 'hold = ["item"]'))
    given(
        stg_events="""
            customer | activity | occurred_at      | item
            ann      | a        | 2024-05-01 09:00 | shirt
            ann      | a        | 2024-05-01 09:01 | shoes
            ann      | b        | 2024-05-01 09:02 | shoes
            bob      | a        | 2024-05-01 09:00 | shirt
            bob      | b        | 2024-05-01 09:02 | shirt
        """
    )
    assert result_of("int_funnel_units", "depth") == [(1,), (2,)]


def test_a_dialect_keeps_our_states_and_our_bounds_of_ties(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        HEAD.replace("07-01", "05-02")
        + f'[funnels.f]\n{MIXPANEL}steps = ["a", "b", "c"]\nwindow = "2 days"'
    )
    given(
        stg_events="""
            customer | activity | occurred_at         | is_customer
            ann      | b        | 2024-05-01 09:00:00 | true
            ann      | a        | 2024-05-01 09:00:01 | true
            ann      | b        | 2024-05-01 09:00:01 | true
            bob      | a        | 2024-05-01 09:00:00 | false
        """
    )
    # Other systems know no actor: by our own rules, bob does not enter. What counts as
    # later than the entry, though it was before, took no time.
    columns = "depth, depth_strict, depth_mature, state, step_us[2]"
    assert result_of("int_funnel_units", columns) == [
        (1, None, None, "in_progress", None),
        (2, 1, None, "in_progress", 0),
    ]


def test_a_mart_says_where_a_dialect_and_our_rules_part(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        funnel(MIXPANEL + AB)
        + f"\n[funnels.g]\n{POSTHOG}{AB}{DROPS}\n[funnels.ours]\n{AB}"
    )
    given(
        stg_events="""
            customer | activity | occurred_at         | channel
            ann      | b        | 2024-05-01 09:00:00 | web
            ann      | a        | 2024-05-01 09:00:01 | web
            bob      | a        | 2024-05-01 09:00:00 | app
            bob      | b        | 2024-05-01 09:02:00 | app
            cid      | a        | 2024-05-01 09:00:00 | app
            cid      | x        | 2024-05-01 09:01:00 | app
            cid      | a        | 2024-05-01 11:00:00 | app
            cid      | b        | 2024-05-01 11:01:00 | app
        """
    )
    # In PostHog cid's later attempt redeems the one that was ended; by our rules she
    # leaves.
    columns = "funnel, step_index, reached, reached_own, units_gained, units_lost"
    assert result_of("fct_funnel_dialects", columns, where=WHOLE) == [
        ("f", 1, 3, 3, 0, 0),
        ("f", 2, 2, 1, 1, 0),
        ("g", 1, 3, 2, 1, 0),
        ("g", 2, 2, 1, 1, 0),
    ]
    by_channel = "funnel = 'f' and segment = 'channel' and step_index = 2"
    assert result_of(
        "fct_funnel_dialects",
        "dialect, step, segment_value, difference",
        where=f"persona = 'all' and {by_channel}",
    ) == [("mixpanel", "b", "app", 0), ("mixpanel", "b", "web", 1)]
    assert result_of("fct_funnel", "funnel, entered, reached", where=WHOLE) == [
        ("f", 3, 2),
        ("f", 3, 3),
        ("g", 3, 2),
        ("g", 3, 3),
        ("ours", 3, 2),
        ("ours", 3, 3),
    ]
    assert result_of("meta_funnels", "funnel, dialect", where="step_index = 1") == [
        ("f", "mixpanel"),
        ("g", "posthog"),
        ("ours", None),
    ]
