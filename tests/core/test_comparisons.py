"""What the two sides of a comparison are made of, by small drawn logs."""

import pytest
from tests.core.bench import Given, ResultOf, SetProject

PROJECT = """
[project]
name = "Test"
segments = ["device"]
as_of = 2024-07-01T00:00:00Z
timezone = "Europe/Berlin"
[journey]
goal = ["order"]
[comparisons.c]
"""
TWO_DEVICES = """
    customer | activity | occurred_at      | device
    ann      | view     | 2024-05-01 09:00 | mobile
    ann      | cart     | 2024-05-01 09:10 | mobile
    ann      | order    | 2024-05-01 09:15 | mobile
    bob      | view     | 2024-05-01 09:00 | desktop
    bob      | cart     | 2024-05-01 09:10 | desktop
    cem      | view     | 2024-05-02 09:00 | tablet
    cem      | view     | 2024-05-02 09:05 | tablet
"""
ACROSS = """
    customer | activity | occurred_at
    ann      | view     | 2024-05-01 09:00
    ann      | cart     | 2024-05-02 09:00
    ann      | pay      | 2024-05-02 10:00
    ann      | order    | 2024-05-03 09:00
    bob      | view     | 2024-05-02 09:00
    bob      | order    | 2024-05-02 09:30
"""
THIRD = round(1 / 3, 9)
RATES = ("from_activity, to_activity", "transitions_a, transitions_b", "rate_a, rate_b")


def test_a_rate_is_of_all_that_followed_an_activity(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + 'segment = "device"\na = "mobile"\nb = ["desktop", "tablet"]')
    given(stg_events=TWO_DEVICES)
    assert result_of("fct_comparisons", *RATES) == [
        ("$start", "view", 1, 2, 1, 1),
        ("cart", "$end", 0, 1, 0, 1),
        ("cart", "order", 1, 0, 1, 0),
        ("order", "$end", 1, 0, 1, None),
        ("view", "$end", 0, 1, 0, THIRD),
        ("view", "cart", 1, 1, 1, THIRD),
        ("view", "view", 0, 1, 0, THIRD),
    ]


def test_sides_are_values_of_a_segment_or_all_others_or_only_some_of_these(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    sides = 'segment = "device"\na = "mobile"\n'
    further = (
        '[comparisons.ends]\noutcome = ["converted", "abandoned"]',
        f"[comparisons.all_of]\n{sides}"
        'only = { outcome = "abandoned", persona = "none" }',
        f"[comparisons.none_of]\n{sides}"
        'only = { outcome = "abandoned", persona = "p1" }',
    )
    project("\n".join([PROJECT + sides, *further]))
    given(stg_events=TWO_DEVICES)
    assert result_of(
        "fct_comparison_totals",
        "comparison, label_a, label_b, journeys_a, journeys_b",
    ) == [
        ("all_of", "mobile", "all others", 0, 2),
        ("c", "mobile", "all others", 1, 2),
        ("ends", "converted", "abandoned", 1, 2),
        ("none_of", "mobile", "all others", 0, 0),
    ]


def test_a_transition_across_the_edge_of_a_span_is_cut_and_counted(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    # Days begin in Berlin. Dropping what is outside would join view and pay.
    project(
        PROJECT
        + "a = { from = 2024-05-02, until = 2024-05-03 }\nb = { from = 2024-05-03 }"
    )
    given(stg_events=ACROSS)
    assert result_of(
        "fct_comparisons", "from_activity, to_activity", "transitions_a, transitions_b"
    ) == [
        ("$start", "view", 1, 0),
        ("cart", "pay", 1, 0),
        ("order", "$end", 1, 1),
        ("view", "order", 1, 0),
    ]
    assert result_of(
        "fct_comparison_totals",
        "transitions_a, cut_transitions_a, transitions_b, cut_transitions_b",
        "journeys_a, whole_journeys_a, journeys_b, whole_journeys_b",
    ) == [(2, 2, 0, 1, 2, 1, 1, 0)]


def test_only_a_journey_wholly_in_a_span_has_a_variant_there(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + 'at = 2024-05-02\nwithin = "1 day"')
    given(stg_events=ACROSS)
    assert result_of(
        "fct_comparison_variants", "variant, label_a, label_b, journeys_a, journeys_b"
    ) == [("view > order", "before 2024-05-02", "from 2024-05-02 on", 0, 1)]


def test_nothing_is_known_after_the_last_step_of_a_journey_in_progress(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + 'segment = "device"\na = "mobile"')
    given(
        stg_events="""
            customer | activity | occurred_at      | device
            ann      | view     | 2024-06-30 09:00 | mobile
            ann      | cart     | 2024-06-30 09:10 | mobile
        """
    )
    assert result_of("fct_comparisons", *RATES) == [
        ("$start", "view", 1, 0, 1, None),
        ("view", "cart", 1, 0, 1, None),
    ]
    assert result_of("fct_comparison_totals", "journeys_a, whole_journeys_a") == [
        (1, 0)
    ]


def test_spans_end_where_silence_does_not_yet_tell_an_end(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + "at = 2024-05-25")
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-01 00:00
            ann      | order    | 2024-06-01 00:10
            bob      | view     | 2024-05-31 23:00
            bob      | order    | 2024-05-31 23:30
        """
    )
    # 30 days before the watermark is the first of June.
    assert result_of("fct_comparison_totals", "journeys_a, journeys_b") == [(0, 1)]


def test_without_a_section_nothing_is_compared(
    given: Given, result_of: ResultOf
) -> None:
    given(stg_events=TWO_DEVICES)
    for mart in ("comparisons", "comparison_variants", "comparison_summary"):
        assert result_of(f"fct_{mart}", "*") == []
    assert result_of("fct_comparison_totals", "*") == []
    assert result_of("fct_drift", "*") == []


def test_what_differs_most_is_told_in_words(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + 'segment = "device"\na = "mobile"\nb = "desktop"')
    # On the desktop one in ten leaves the cart, on the mobile one in two; nobody else
    # differs.
    rows = [
        (f"{device}{number:02}", activity, f"2024-05-01 09:{minute}", device)
        for device, every in (("mobile", 2), ("desktop", 10))
        for number in range(60)
        for minute, activity in ((10, "view"), (20, "cart"), (30, "order"))
        if activity != "order" or number % every
    ]
    names = ("customer", "activity", "occurred_at", "device")
    columns = map(list, zip(*rows, strict=True))
    given(stg_events=dict(zip(names, columns, strict=True)))
    found = result_of("fct_comparison_summary", "rank, kind, finding, per_100")
    assert [row[1] for row in found] == ["transition"] * 2 + ["variant"] * 2
    assert found[0][2:] == (
        "cart is followed by the end: mobile 50.0 %, desktop 10.0 %"
        " (+40.0 points, +23.7 to +53.7)",
        pytest.approx(40),
    )
    assert sorted(str(row[2])[:36] for row in found[2:]) == [
        "Journeys are view > cart > order: mo",
        "Journeys are view > cart: mobile 50.",
    ]
