-- One further round of all funnels: chains that reach step $k, from those that reached
-- the step before. Reads the round before under the name int_funnel_chain.
-- key: funnel, unit_code, event_number
--
-- funnel                    name of the funnel
-- unit_code                 unit that the funnel counts
-- event_number              event in the log
-- entry_us                  entry of the latest chain that reaches step $k here, ties
--                           as the funnel says; null if there is none
-- entry_strict_us           the same where a tie satisfies no order
-- entry_interchangeable_us  the same where a tie satisfies any order
-- entry_mature_us           as entry_us, of entries whose window has ended

with chained as (

    -- Only events that ended the round before, or may be the step, take part.
    select
        int_funnel_events.funnel,
        int_funnel_events.unit_code,
        int_funnel_events.event_number,
        int_funnel_events.occurred_us,
        int_funnel_events.source_order,
        int_funnel_events.is_tied,
        (int_funnel_events.steps >> cast($k - 1 as bigint)) & 1 = 1 as is_step,
        int_funnel_chain.entry_us as main_us,
        int_funnel_chain.entry_strict_us as strict_us,
        int_funnel_chain.entry_interchangeable_us as any_us,
        int_funnel_chain.entry_mature_us as mature_us
    from int_funnel_events
    left join int_funnel_chain
        on
            int_funnel_events.funnel = int_funnel_chain.funnel
            and int_funnel_events.unit_code = int_funnel_chain.unit_code
            and int_funnel_events.event_number = int_funnel_chain.event_number
    where
        (int_funnel_events.steps >> cast($k - 1 as bigint)) & 1 = 1
        or int_funnel_chain.event_number is not null

),

before as (

    -- A later entry serves every later step at least as well, so its maximum is enough.
    select
        *,
        max(main_us) over earlier as main_before_us,
        max(strict_us) over earlier as strict_before_us,
        max(any_us) over earlier as any_before_us,
        max(mature_us) over earlier as mature_before_us
    from chained
    window earlier as (
        partition by funnel, unit_code
        order by occurred_us, source_order nulls last, event_number
        rows between unbounded preceding and 1 preceding
    )

),

tied as (

    -- What holds before the whole group of a tie, before those of it that share the
    -- source's order, and at the other events of the group.
    select
        funnel,
        unit_code,
        event_number,
        first_value(main_before_us) over in_group as main_group_us,
        first_value(strict_before_us) over in_group as strict_group_us,
        first_value(any_before_us) over in_group as any_group_us,
        first_value(mature_before_us) over in_group as mature_group_us,
        first_value(main_before_us) over in_order as main_order_us,
        first_value(mature_before_us) over in_order as mature_order_us,
        max(main_us) over others as main_other_us,
        max(any_us) over others as any_other_us,
        max(mature_us) over others as mature_other_us
    from before
    where is_tied
    window
        in_group as (
            partition by funnel, unit_code, occurred_us
            order by source_order nulls last, event_number
        ),
        in_order as (
            partition by funnel, unit_code, occurred_us, source_order
            order by event_number
        ),
        others as (
            partition by funnel, unit_code, occurred_us
            order by source_order nulls last, event_number
            rows between unbounded preceding and unbounded following
            exclude current row
        )

),

latest as (

    -- `greatest` passes over nulls.
    select
        before.funnel,
        before.unit_code,
        before.event_number,
        before.occurred_us,
        cfg_funnels.window_us,
        case
            when not before.is_tied then before.main_before_us
            when cfg_funnels.ties = 'strict' then tied.main_group_us
            when cfg_funnels.ties = 'source_order' then tied.main_order_us
            else greatest(tied.main_group_us, tied.main_other_us)
        end as from_us,
        case
            when before.is_tied then tied.strict_group_us else before.strict_before_us
        end
            as from_strict_us,
        case
            when before.is_tied then greatest(tied.any_group_us, tied.any_other_us)
            else before.any_before_us
        end as from_interchangeable_us,
        case
            when not before.is_tied then before.mature_before_us
            when cfg_funnels.ties = 'strict' then tied.mature_group_us
            when cfg_funnels.ties = 'source_order' then tied.mature_order_us
            else greatest(tied.mature_group_us, tied.mature_other_us)
        end as from_mature_us
    from before
    inner join cfg_funnels on before.funnel = cfg_funnels.funnel
    left join tied
        on
            before.funnel = tied.funnel
            and before.unit_code = tied.unit_code
            and before.event_number = tied.event_number
    where before.is_step and $k <= cfg_funnels.steps

),

kept as (

    select
        funnel,
        unit_code,
        event_number,
        case when occurred_us - from_us <= window_us then from_us end as entry_us,
        case when occurred_us - from_strict_us <= window_us then from_strict_us end
            as entry_strict_us,
        case
            when occurred_us - from_interchangeable_us <= window_us
                then from_interchangeable_us
        end as entry_interchangeable_us,
        case when occurred_us - from_mature_us <= window_us then from_mature_us end
            as entry_mature_us
    from latest

)

select
    funnel,
    unit_code,
    event_number,
    entry_us,
    entry_strict_us,
    entry_interchangeable_us,
    entry_mature_us
from kept
where
    entry_us is not null
    or entry_strict_us is not null
    or entry_interchangeable_us is not null
