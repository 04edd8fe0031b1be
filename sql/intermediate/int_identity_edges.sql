-- One row per pair of identifiers that are joined: what customers are made of.
-- key: left_code, right_code
--
-- left_code    identifier, the smaller number of the two
-- right_code   identifier
-- kind         alias: two values of one type that a tracker says are one person;
--              merge: two that another system says are (a CRM that joined two
--              contacts); login: a weak identifier beside a strong one; seen_together:
--              any other two on one record; probable: alike, and on no record together
-- source       where the pair was first seen; linkage if it is only probable
-- first_at     when it was first seen, UTC; if probable, when the later one was
-- records      events that join the two; 0 if it is only probable
-- probability  that the two are one person: 1 unless it is only probable

with seen as (

    select
        py_set_edges.left_code,
        py_set_edges.right_code,
        min(int_identifier_sets.first_at) as first_at,
        arg_min(
            int_identifier_sets.source,
            (int_identifier_sets.first_at, int_identifier_sets.source)
        ) as source,
        sum(int_identifier_sets.records) as records
    from py_set_edges
    inner join int_identifier_sets
        on py_set_edges.identifier_set = int_identifier_sets.identifier_set
    group by py_set_edges.left_code, py_set_edges.right_code

),

probable as (

    -- A link says nothing of identifiers that may not link, or are not known yet.
    select
        least(lefts.identifier_code, rights.identifier_code) as left_code,
        greatest(lefts.identifier_code, rights.identifier_code) as right_code,
        max(greatest(lefts.first_at, rights.first_at)) as first_at,
        max(py_probable_links.probability) as probability
    from py_probable_links
    inner join int_identifiers as lefts
        on
            py_probable_links.left_type = lefts.identifier_type
            and py_probable_links.left_identifier = lefts.identifier
    inner join int_identifiers as rights
        on
            py_probable_links.right_type = rights.identifier_type
            and py_probable_links.right_identifier = rights.identifier
    left join int_identity_cuts as left_cuts
        on lefts.identifier_code = left_cuts.identifier_code
    left join int_identity_cuts as right_cuts
        on rights.identifier_code = right_cuts.identifier_code
    where
        lefts.identifier_code <> rights.identifier_code
        and left_cuts.identifier_code is null
        and right_cuts.identifier_code is null
    group by all

)

select
    seen.left_code,
    seen.right_code,
    case
        when lefts.identifier_type = rights.identifier_type
            then case cfg_sources.source_system when 'web' then 'alias' else 'merge' end
        when lefts.is_strong <> rights.is_strong then 'login'
        else 'seen_together'
    end as kind,
    seen.source,
    seen.first_at,
    cast(seen.records as bigint) as records,
    cast(1 as double) as probability
from seen
inner join int_identifiers as lefts on seen.left_code = lefts.identifier_code
inner join int_identifiers as rights on seen.right_code = rights.identifier_code
left join cfg_sources on seen.source = cfg_sources.source
union all
select
    probable.left_code,
    probable.right_code,
    'probable' as kind,
    'linkage' as source,
    probable.first_at,
    0 as records,
    probable.probability
from probable
anti join seen
    on
        probable.left_code = seen.left_code
        and probable.right_code = seen.right_code
