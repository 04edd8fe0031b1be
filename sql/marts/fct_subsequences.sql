-- Frequent sub-sequences of journeys per slice, and how journeys with them end beside
-- those without: of each length 2 to 5, directly in a row, the 25 that most journeys of
-- the whole hold, and 25 pairs at any distance; each in at least 1 % of the journeys.
-- Only what comes before a journey's first goal or exit counts. It is no proof that one
-- is the cause of the other.
-- key: persona, segment, segment_value, subsequence
--
-- persona                       `all`, or the persona
-- segment                       `all`, or the segment
-- segment_value                 `all`, or its value
-- subsequence                   its activities, in the path language
-- kind                          direct: one directly after the other; gapped: whatever
--                               lies between
-- length                        how many activities
-- journeys                      journeys that hold it
-- share                         of the slice's journeys
-- customers                     customers with such a journey
-- ended                         of those journeys, not in progress
-- converted                     of those journeys, converted
-- conversion_rate               converted / ended
-- conversion_rate_low           low end of its 95 % interval over customers
-- conversion_rate_high          high end
-- conversion_rate_without       the same of the slice's other journeys
-- conversion_rate_without_low   low end of its 95 % interval over customers
-- conversion_rate_without_high  high end
-- lift                          the one rate / the other; null in slices by outcome
-- difference                    the one rate - the other; null in slices by outcome
-- difference_low                low end of its 95 % interval over customers; null under
--                               30 ended journeys on either side
-- difference_high               high end
-- q_value                       of the difference, over all rows (Benjamini-Hochberg)

with weighed as (

    select
        *,
        converted / nullif(ended, 0) as rate,
        other_converted / nullif(other_ended, 0) as other_rate,
        effective_units(
            converted,
            ended,
            ended_customers,
            converted_converted,
            converted_ended,
            ended_ended
        ) as units,
        effective_units(
            other_converted,
            other_ended,
            other_customers,
            other_converted_converted,
            other_converted_ended,
            other_ended_ended
        ) as other_units
    from int_subsequences

)

select
    weighed.persona,
    weighed.segment,
    weighed.segment_value,
    py_subsequences.subsequence,
    py_subsequences.kind,
    py_subsequences.length,
    weighed.journeys,
    weighed.journeys / nullif(weighed.all_journeys, 0) as share,
    weighed.customers,
    weighed.ended,
    weighed.converted,
    weighed.rate as conversion_rate,
    wilson_low(weighed.rate * weighed.units, weighed.units) as conversion_rate_low,
    wilson_high(weighed.rate * weighed.units, weighed.units) as conversion_rate_high,
    weighed.other_rate as conversion_rate_without,
    wilson_low(weighed.other_rate * weighed.other_units, weighed.other_units)
        as conversion_rate_without_low,
    wilson_high(weighed.other_rate * weighed.other_units, weighed.other_units)
        as conversion_rate_without_high,
    case
        when weighed.segment <> 'outcome'
            then weighed.rate / nullif(weighed.other_rate, 0)
    end as lift,
    case
        when weighed.segment <> 'outcome' then weighed.rate - weighed.other_rate
    end as difference,
    -- `greatest` and `least` pass over nulls.
    case
        when py_subsequence_tests.error is not null
            then
                greatest(
                    weighed.rate - weighed.other_rate
                    - 1.959964 * py_subsequence_tests.error,
                    -1
                )
    end as difference_low,
    case
        when py_subsequence_tests.error is not null
            then
                least(
                    weighed.rate - weighed.other_rate
                    + 1.959964 * py_subsequence_tests.error,
                    1
                )
    end as difference_high,
    py_subsequence_tests.q_value
from weighed
inner join py_subsequences
    on weighed.subsequence_index = py_subsequences.subsequence_index
left join py_subsequence_tests
    on
        weighed.subsequence_index = py_subsequence_tests.subsequence_index
        and weighed.persona = py_subsequence_tests.persona
        and weighed.segment = py_subsequence_tests.segment
        and weighed.segment_value = py_subsequence_tests.segment_value
order by
    weighed.persona asc,
    weighed.segment asc,
    weighed.segment_value asc,
    weighed.journeys desc,
    py_subsequences.subsequence asc
