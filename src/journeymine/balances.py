"""The laws of conservation that every run is held to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Balance:
    """A law of conservation.

    Attributes
    ----------
    name
        What must be equal.
    sql
        Query with one number: how far it is from that; zero if all is well.
    """

    name: str
    sql: str


BALANCES = (
    Balance(
        "records framed = records staged + records set aside + records erased",
        """
        select coalesce(
            sum(abs(
                loads.records - loads.framed_out - loads.erased
                - coalesce(staged.records, 0)
            )), 0
        )
        from (
            select source, sha256, any_value(records) as records,
                any_value(framed_out) as framed_out, any_value(erased) as erased
            from raw_loads
            where refused is null
            group by source, sha256
        ) as loads
        left join (
            select source, sha256, count(distinct record_index) as records
            from stg_events
            group by source, sha256
        ) as staged
            on loads.source = staged.source and loads.sha256 = staged.sha256
        """,
    ),
    Balance(
        "lines = header + blank + lines of records",
        """
        select coalesce(sum(abs(lines - header - blank - record_lines)), 0)
        from meta_loads
        """,
    ),
    Balance(
        "bytes = header + blank + records",
        """
        select coalesce(
            sum(abs(text_bytes - header_bytes - blank_bytes - record_bytes)), 0
        )
        from meta_loads
        """,
    ),
    Balance(
        "records = accepted + duplicate + quarantined + erased, none less than 0",
        """
        select coalesce(sum(
            abs(records - accepted - duplicate - quarantined - erased)
            + greatest(-accepted, 0) + greatest(-duplicate, 0)
            + greatest(-quarantined, 0) + greatest(conflicting - duplicate, 0)
            + greatest(-erased, 0)
        ), 0)
        from meta_loads
        """,
    ),
    Balance(
        "events accepted = events in journeys + events left out by a named rule",
        """
        select coalesce(
            sum(case when rule = 'accepted' then events else -events end), 0
        )
        from meta_balances
        """,
    ),
    Balance(
        "events in journeys = events in the log",
        """
        select (select count(*) from int_event_log)
            - (select coalesce(sum(events), 0) from meta_balances
                where rule = 'in_journeys')
        """,
    ),
    Balance(
        "transitions + ends + open ends + aftermath + collapsed = events, per slice",
        """
        select coalesce(sum(abs(total)), 0)
        from (
            select sum(events) as total
            from (
                select persona, segment, segment_value,
                    sum(events - ends - open_ends - aftermath_events - collapsed)
                        as events
                from fct_activities
                group by all
                union all
                select persona, segment, segment_value, -sum(transitions) as events
                from fct_transitions
                group by all
            )
            group by persona, segment, segment_value
        )
        """,
    ),
    Balance(
        "entered = reached the last step + dropped + excluded + in progress",
        """
        select coalesce(sum(abs(rest)), 0)
        from (
            select any_value(entered) - min(reached) filter (where not is_optional)
                - sum(dropped + excluded + in_progress) as rest
            from fct_funnel
            group by funnel, persona, segment, segment_value
        )
        """,
    ),
    Balance(
        "reached = reached the next step + dropped + excluded + in progress",
        """
        select coalesce(sum(abs(reached - rest - next_reached)), 0)
        from (
            select reached, dropped + excluded + in_progress as rest,
                lead(reached, 1, reached) over (
                    partition by funnel, persona, segment, segment_value
                    order by step_index
                ) as next_reached
            from fct_funnel
            where not is_optional
        )
        """,
    ),
    Balance(
        "answers in the log = with a valid score + with an invalid one + without one",
        """
        select (
            select count(*)
            from int_event_log
            inner join int_activities
                on int_event_log.activity_code = int_activities.activity_code
            where int_activities.feedback is not null
        ) - (
            select coalesce(sum(rating_answers + invalid + unrated), 0)
            from fct_experience
            where level = 'all' and persona = 'all' and segment = 'all'
        )
        """,
    ),
    Balance(
        "attempts = converted + ended otherwise + in progress, per slice of personas",
        """
        select coalesce(sum(abs(attempts)), 0)
        from (
            select attempt_kind, persona, sum(attempts) as attempts
            from (
                select attempt_kind, persona, attempts
                from fct_abandonment
                where segment = 'all' and persona <> 'all'
                union all
                select attempt_kind, persona, -count(*) as attempts
                from fct_attempts
                group by attempt_kind, persona
            )
            group by attempt_kind, persona
        )
        """,
    ),
    Balance(
        "at risk = churned + active + undetermined, none less than 0",
        """
        select coalesce(sum(
            abs(at_risk - churned - active - undetermined)
            + greatest(-undetermined, 0)
        ), 0)
        from fct_churn
        """,
    ),
)
