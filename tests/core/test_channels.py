"""Where customers switch channels, and which channels contain their journeys."""

from tests.core.bench import WHOLE, Given, ResultOf, SetProject

PROJECT = '[journey]\ngoal = ["order"]\ninactivity = "10 days"\n'


def test_a_switch_is_between_steps_of_the_customers_own(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity  | channel | is_customer | occurred_at
            ann      | view      | web     | true        | 2024-05-01 09:00
            ann      | mail_sent | email   | false       | 2024-05-01 09:01
            ann      | view      | web     | true        | 2024-05-01 09:02
            ann      | mail_sent | email   | false       | 2024-05-01 09:03
            ann      | mail_open | email   | true        | 2024-05-01 09:05
            ann      | call      | phone   | true        | 2024-05-01 09:06
        """,
    )
    assert result_of(
        "fct_channel_switches",
        "from_channel, to_channel, switches, share, journeys, customers, mean_seconds",
        "preceded_by, followed_by",
        where=WHOLE,
    ) == [
        ("email", "phone", 1, 0.5, 1, 1, 60, [_one("mail_open")], [_one("call")]),
        ("web", "email", 1, 0.5, 1, 1, 120, [_one("mail_sent")], [_one("mail_open")]),
    ]
    assert result_of(
        "fct_transitions",
        "from_activity, to_activity, transitions, channel_switches, is_switch",
        where=WHOLE,
    ) == [
        ("mail_open", "call", 1, 1, True),
        ("mail_sent", "mail_open", 1, 1, True),
        ("mail_sent", "view", 1, 0, False),
        ("view", "mail_sent", 2, 0, False),
    ]


def test_a_transition_is_a_switch_if_it_is_one_in_half_of_the_cases(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity | channel | occurred_at
            ann      | view     | web     | 2024-05-01 09:00
            ann      | order    | app     | 2024-05-01 09:01
            bob      | view     | web     | 2024-05-01 09:00
            bob      | order    | web     | 2024-05-01 09:01
        """,
    )
    assert result_of(
        "fct_transitions", "transitions, channel_switches, is_switch", where=WHOLE
    ) == [(2, 1, True)]


def test_a_channel_contains_the_settled_journeys_that_never_leave_it(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        stg_events="""
            customer | activity  | channel | is_customer | occurred_at
            ann      | view      | web     | true        | 2024-05-01 09:00
            ann      | mail_sent | email   | false       | 2024-05-01 09:01
            ann      | order     | web     | true        | 2024-05-01 09:02
            bob      | view      | web     | true        | 2024-05-01 09:00
            bob      | call      | phone   | true        | 2024-05-01 09:05
            bob      | view      | web     | true        | 2024-05-01 09:10
            cid      | view      | web     | true        | 2024-05-01 09:00
            cid      | call      | phone   | true        | 2024-05-01 09:05
            dan      | view      | web     | true        | 2024-06-30 09:00
            eve      | mail_sent | email   | false       | 2024-05-01 09:00
        """,
    )
    assert result_of(
        "fct_channels",
        "channel, starts, open_starts, settled, contained, containment_rate",
        "left_and_came_back, ended_elsewhere, converted, contained_converted",
        where=WHOLE,
    ) == [("web", 4, 1, 3, 1, 1 / 3, 1, 1, 1, 1)]


def test_the_three_most_frequent_activities_before_a_switch_are_told(
    given: Given, result_of: ResultOf
) -> None:
    before = ["faq", "view", "view", "cart", "cart", "error", "error", "error"]
    rows = [
        (f"c{number}", activity, channel, f"2024-05-01 09:0{minute}")
        for number, name in enumerate(before)
        for minute, (activity, channel) in enumerate([(name, "web"), ("call", "phone")])
    ]
    columns = ("customer", "activity", "channel", "occurred_at")
    given(stg_events=dict(zip(columns, zip(*rows, strict=True), strict=True)))
    assert result_of("fct_channel_switches", "preceded_by", where=WHOLE) == [
        ([_one("error", 3), _one("cart", 2), _one("view", 2)],)
    ]


def test_a_customer_who_switches_in_two_journeys_counts_once(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        stg_events="""
            customer | activity | channel | occurred_at
            ann      | view     | web     | 2024-05-01 09:00
            ann      | order    | app     | 2024-05-01 09:01
            ann      | view     | web     | 2024-05-02 09:00
            ann      | order    | app     | 2024-05-02 09:01
        """,
    )
    assert result_of(
        "fct_channel_switches", "switches, journeys, customers", where=WHOLE
    ) == [(2, 2, 1)]


def _one(activity: str, switches: int = 1) -> dict[str, object]:
    return {"activity": activity, "switches": switches}
