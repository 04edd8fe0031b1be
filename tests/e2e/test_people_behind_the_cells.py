"""Each figure can be counted again from the published rows of those behind it."""

import pytest

SLICES = """
slices as (
    select
        funnel, unit_id, attempt_index, persona,
        'all' as segment, 'all' as segment_value
    from fct_funnel_units
    union all
    select funnel, unit_id, attempt_index, persona, unnest(map_keys(segments)),
        unnest(map_values(segments))
    from fct_funnel_units
),
every_slice as (
    from slices
    union all
    select * replace ('all' as persona) from slices
)
"""


def test_funnel_cells_are_counts_of_units_in_every_slice(sample):
    recounted = sample.rows(
        f"""
        with {SLICES}
        select
            funnel, every_slice.persona, segment, segment_value, step_index,
            count(*) filter (where depth >= step_index),
            count(*) filter (where depth = step_index and state = 'dropped'),
            count(*) filter (where depth = step_index and state = 'excluded'),
            count(*) filter (where depth = step_index and state = 'in_progress'),
            count(*) filter (where depth_strict >= step_index),
            count(*) filter (where depth_interchangeable >= step_index),
            count(*) filter (where depth_mature >= step_index)
        from every_slice
        inner join fct_funnel_units using (funnel, unit_id, attempt_index)
        inner join (select distinct funnel, step_index from fct_funnel) using (funnel)
        group by all
        order by all
        """
    )
    published = sample.rows(
        """
        select
            funnel, persona, segment, segment_value, step_index,
            reached, dropped, excluded, in_progress, reached_strict,
            reached_interchangeable, reached_mature
        from fct_funnel
        where not is_optional
        order by all
        """
    )
    assert len(published) > 500
    assert recounted == published


@pytest.mark.parametrize("persona", ["all", "p1"])
def test_ends_of_attempts_are_counts_of_attempts(sample, persona):
    is_part = f"'{persona}' in ('all', persona)"
    recounted = sample.counts(
        f"""
        select attempt_kind, cause, count(*) filter (where {is_part})
        from fct_attempts
        group by all
        """
    )
    published = sample.counts(
        f"""
        select attempt_kind, cause, attempts
        from fct_abandonment
        where persona = '{persona}' and segment = 'all' and attempts > 0
        """
    )
    assert published == {key: count for key, count in recounted.items() if count}


def test_churn_is_counted_from_spells(sample):
    recounted = sample.rows(
        """
        select
            period,
            count(*) filter (
                where started_at < begin_at and last_active_at >= begin_at
            ),
            count(*) filter (
                where started_at < begin_at
                and last_active_at >= begin_at
                and last_active_at < end_at
                and known_at is not null
            ),
            count(*) filter (
                where is_resurrection and started_at >= begin_at and started_at < end_at
            )
        from fct_spells
        cross join (
            select
                period,
                timezone(zone, period::timestamp) as begin_at,
                timezone(zone, period::timestamp + interval 1 month) as end_at
            from (select distinct period from fct_churn where period <> 'all')
            cross join (select value as zone from meta_run where name = 'timezone')
        )
        group by period
        having count(*) filter (
            where started_at < end_at and last_active_at >= begin_at
        ) > 0
        order by period
        """
    )
    published = sample.rows(
        """
        select period, at_risk, churned, resurrected
        from fct_churn
        where persona = 'all' and segment = 'all' and period <> 'all'
        order by period
        """
    )
    assert published
    assert recounted == published


def test_those_who_drop_off_go_on_change_channel_or_fall_silent(sample):
    assert (
        sample.rows(
            """
        select count(*), count(*) filter (
            where dropped <> went_on + changed_channel + fell_silent
        )
        from fct_drop_offs
        where dropped > 0
        """
        )[0][1]
        == 0
    )


@pytest.mark.parametrize("persona", ["all", "p1"])
def test_the_times_in_all_stages_are_the_durations_of_the_journeys(sample, persona):
    (stages,) = sample.rows(
        "select sum(total_seconds), sum(events) from fct_stages"
        f" where persona = '{persona}' and segment = 'all'"
    )
    (journeys,) = sample.rows(
        f"""
        select sum(duration_seconds), (
            select sum(events - aftermath_events - collapsed)
            from fct_activities
            where persona = '{persona}' and segment = 'all'
        )
        from fct_journeys
        where journey_kind = 'main' and '{persona}' in ('all', persona)
        """
    )
    assert stages[0] == pytest.approx(journeys[0])
    assert stages[1] == journeys[1]
