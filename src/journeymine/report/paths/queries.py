"""The queries behind what the paths tell, beside the process maps and variants."""

ANCHORED = """
select
    anchor, distance, from_activity, to_activity, journeys, from_others, to_others
from fct_anchored_paths
where persona = 'all' and segment = 'all'
order by anchor, distance, from_activity, to_activity
"""

CONFORMANCE = """
select
    persona, journeys, judged, in_progress, conforming, conforming_share, mean_fitness,
    deviations
from fct_conformance
where segment = 'all'
order by persona
"""

DEVIATIONS = """
select
    expected, kind, step, rule, journeys, journeys_share, settled_with,
    settled_without, conversion_with, conversion_without, effect, effect_low,
    effect_high, q_value, value_lost
from fct_deviations
where persona = 'all' and segment = 'all' and journeys > 0
order by value_lost desc nulls last, effect nulls last, journeys desc,
    expected, kind, step_index
limit 12
"""

EXPECTED_VARIANTS = """
select expected, variant_index, variant, ending, journeys, share, deviations
from fct_expected_variants
where variant_index <= 6
order by expected = 'all' desc, expected, variant_index
limit 6
"""

COMPARISONS = """
select
    comparison, label_a, label_b, journeys_a, journeys_b, customers_a, customers_b,
    differing_transitions, differing_variants, earth_movers_distance
from fct_comparison_totals
order by comparison
"""

DIFFERENCES = """
select
    comparison, rank, kind, finding, from_activity, to_activity, rate_a, rate_b,
    difference, difference_low, difference_high, q_value
from fct_comparison_summary
where rank <= 6
order by comparison, rank
"""

DRIFT = """
select
    scope, from_activity, to_activity, changed_on, earliest_on, latest_on,
    journeys_before, journeys_after, rate_before, rate_after, difference, p_value
from fct_drift
where persona = 'all' and segment = 'all'
qualify scope = 'process' or row_number() over (
    partition by scope
    order by abs(difference) * least(journeys_before, journeys_after) desc nulls last,
        changed_on, from_activity, to_activity
) <= 6
order by scope = 'process' desc, changed_on, from_activity, to_activity
"""

PATTERNS = """
select
    pattern, definition, journeys, share, customers, conversion_rate,
    conversion_rate_low, conversion_rate_high, conversion_rate_without,
    conversion_rate_without_low, conversion_rate_without_high, unknown_activities,
    converted + exited + abandoned as ended
from fct_patterns
where persona = 'all' and segment = 'all'
order by pattern
"""

SUBSEQUENCES = """
with apart as (
    -- Of those that the same journeys hold, the shortest.
    select *
    from fct_subsequences
    where persona = 'all' and segment = 'all' and q_value < 0.05
        and conversion_rate_without > 0
    qualify row_number() over (
        partition by ended, converted, journeys order by length, kind, subsequence
    ) = 1
)
select
    subsequence, journeys, share, ended, conversion_rate, conversion_rate_without,
    lift, difference, difference_low, difference_high, q_value
from apart
qualify row_number() over (
    partition by difference > 0 order by abs(difference) desc, subsequence
) <= 4
order by difference desc, subsequence
"""

REWORK = """
select kind, activity, other_activity, occurrences, journeys, customers, mean_seconds
from fct_rework
where persona = 'all' and segment = 'all' and kind in ('rework', 'ping_pong')
qualify row_number() over (
    partition by kind order by journeys desc, activity, other_activity
) <= 5
order by kind desc, journeys desc, activity, other_activity
"""

SWITCHES = """
select from_channel, to_channel, switches, share, journeys, customers, mean_seconds
from fct_channel_switches
where persona = 'all' and segment = 'all'
order by switches desc, from_channel, to_channel
limit 8
"""

PREDICTIONS = """
select
    target, learned, tried, cases, auc, gain, gain_low, gain_high, is_better,
    learned_until
from fct_prediction_quality
where basis = 'model'
order by is_better desc, target
"""

CALIBRATION = """
select
    target, bin, tried, cases, mean_probability, case_rate, case_rate_low,
    case_rate_high
from fct_prediction_calibration
order by target, bin
"""
