"""The tables of paths add up, in every slice."""


def test_every_event_is_followed_ends_or_is_left_out_in_every_slice(sample):
    rest = sample.rows(
        """
        select persona, segment, segment_value, sum(events) as rest
        from (
            select persona, segment, segment_value,
                events - ends - open_ends - aftermath_events - collapsed as events
            from fct_activities
            union all
            select persona, segment, segment_value, -transitions as events
            from fct_transitions
        )
        group by all
        """
    )
    assert len(rest) > 20
    assert {row[-1] for row in rest} == {0}


def test_an_activity_done_again_is_a_self_loop_or_a_return_in_every_slice(sample):
    off = sample.rows(
        """
        select persona, segment, segment_value, activity
        from fct_rework
        where activity = other_activity
        group by all
        having sum(case when kind = 'rework' then occurrences else -occurrences end)
            <> 0
        """
    )
    assert off == []
