-- Whose journey a given case is: the customer of its first event that has one, as far
-- as it is known at $as_of.
-- key: case_id
--
-- case_id      journey that the source itself gives
-- identifiers  of its first event that has any; a case without one is its own person

select
    case_id,
    coalesce(
        arg_min(identifiers, (occurred_at, source, source_order, event_id))
        filter (where identifiers is not null),
        'case=' || case_id
    ) as identifiers
from int_kept
where case_id is not null and occurred_at <= $as_of
group by case_id
