-- What differs most between the two sides of a comparison, and is no chance (q below
-- 0.05): the first 50, by how many journeys it changes.
-- key: comparison, rank
--
-- comparison       name of the comparison
-- rank             place, from 1
-- kind             transition or variant
-- finding          the difference in words
-- from_activity    of a transition, what happened first; null for variants
-- to_activity      of a transition, what happened next; null for variants
-- variant_id       of a variant, its hash; null for transitions
-- label_a          what is compared
-- label_b          with what
-- rate_a           rate of the transition, or share of the variant, on side a
-- rate_b           the same on side b
-- difference       rate_a - rate_b
-- difference_low   its 95 % interval over customers
-- difference_high  its 95 % interval over customers
-- q_value          share of false findings among those that differ as surely
-- per_100          by how many it would change per 100 journeys

with findings as (

    select
        comparison,
        'transition' as kind,
        case
            when from_activity = '$start'
                then 'Journeys start with ' || to_activity
            when to_activity = '$end'
                then from_activity || ' is followed by the end'
            else from_activity || ' is followed by ' || to_activity
        end as words,
        from_activity,
        to_activity,
        null as variant_id,
        label_a,
        label_b,
        rate_a,
        rate_b,
        difference,
        difference_low,
        difference_high,
        q_value,
        per_100
    from fct_comparisons
    where q_value < 0.05
    union all
    select
        comparison,
        'variant' as kind,
        'Journeys are ' || variant as words,
        null as from_activity,
        null as to_activity,
        variant_id,
        label_a,
        label_b,
        share_a as rate_a,
        share_b as rate_b,
        difference,
        difference_low,
        difference_high,
        q_value,
        100 * difference as per_100
    from fct_comparison_variants
    where q_value < 0.05 and variant_id <> '$other'

),

ranked as (

    select
        *,
        row_number() over (
            partition by comparison
            order by abs(per_100) desc, from_activity, to_activity asc, variant_id asc
        ) as rank
    from findings
    qualify rank <= 50

)

select
    comparison,
    rank,
    kind,
    format(
        '{}: {} {:.1f} %, {} {:.1f} % ({:+.1f} points, {:+.1f} to {:+.1f})',
        words,
        label_a,
        100 * rate_a,
        label_b,
        100 * rate_b,
        100 * difference,
        100 * difference_low,
        100 * difference_high
    ) as finding,
    from_activity,
    to_activity,
    variant_id,
    label_a,
    label_b,
    rate_a,
    rate_b,
    difference,
    difference_low,
    difference_high,
    q_value,
    per_100
from ranked
order by comparison, rank
