-- Does every record that was read lie somewhere, and is every source up to date?
-- Look at: `unexplained`, which must be 0; `quarantined`, set aside with a reason each
-- in meta_quarantine; `is_stopped`, whether a source fell silent before the end.
-- key: source
--
-- source          name in the project file
-- records         records in its files
-- accepted        of those, that tell an event or link identifiers
-- duplicate       of those, that repeat another one
-- quarantined     of those, set aside
-- erased          of those, of erased persons
-- unexplained     the others
-- events          events of the accepted records
-- in_journeys     of those, in journeys: the rows of fct_events
-- left_out        of those, left out by a named rule: see meta_balances
-- complete_until  up to when its data is complete
-- is_stopped      whether it is silent for far longer than ever before

with loaded as (

    select
        source,
        cast(sum(records) as bigint) as records,
        cast(sum(accepted) as bigint) as accepted,
        cast(sum(duplicate) as bigint) as duplicate,
        cast(sum(quarantined) as bigint) as quarantined,
        cast(sum(erased) as bigint) as erased
    from meta_loads
    group by source

),

balanced as (

    select
        source,
        max(events) filter (where rule = 'accepted') as events,
        coalesce(max(events) filter (where rule = 'in_journeys'), 0) as in_journeys,
        cast(
            coalesce(
                sum(events) filter (where rule not in ('accepted', 'in_journeys')), 0
            ) as bigint
        ) as left_out
    from meta_balances
    group by source

)

select
    loaded.source,
    loaded.records,
    loaded.accepted,
    loaded.duplicate,
    loaded.quarantined,
    loaded.erased,
    loaded.records
    - loaded.accepted
    - loaded.duplicate
    - loaded.quarantined
    - loaded.erased
        as unexplained,
    coalesce(balanced.events, 0) as events,
    coalesce(balanced.in_journeys, 0) as in_journeys,
    coalesce(balanced.left_out, 0) as left_out,
    meta_watermarks.complete_until,
    meta_watermarks.is_stopped
from loaded
left join balanced on loaded.source = balanced.source
left join meta_watermarks on loaded.source = meta_watermarks.source
order by loaded.source
