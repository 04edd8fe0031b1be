-- The most frequent ways through each expected journey, at most 1,000, and how each
-- deviates, but for time. Empty without [expected].
-- key: expected, variant_index
--
-- expected       the expected journey: a persona's own, else `all`
-- variant_index  place, from 1, the most frequent first
-- variant        steps in order, joined by ` > `: of events that the expected journey
--                speaks of; empty if there are none
-- ending         converted, lost (exited or abandoned), or open (in progress)
-- journeys       journeys that go so
-- share          of the journeys that are compared with this expected journey
-- cost           fewest moves that differ; null where it is too long to be judged
-- fitness        1 - cost / (its steps in surplus and all that is expected missing);
--                null where cost is
-- deviations     kind and step of each, by step, joined by `, `; empty if it conforms

with counted as (

    select
        *,
        journeys / sum(journeys) over (partition by expected) as share,
        row_number() over (
            partition by expected order by journeys desc, variant_code asc
        ) as variant_index
    from int_expected_variants
    qualify variant_index <= 1000

),

symbols as (

    select distinct
        py_expected_symbols.expected,
        py_expected_symbols.symbol,
        py_expected_steps.step
    from py_expected_symbols
    inner join py_expected_steps
        on
            py_expected_symbols.expected = py_expected_steps.expected
            and py_expected_symbols.step_index = py_expected_steps.step_index

),

named as (

    -- Symbols are numbers from 0, without gaps.
    select
        expected,
        list(step order by symbol) as steps
    from symbols
    group by expected

),

deviating as (

    select
        counted.variant_code,
        string_agg(
            int_deviation_variants.kind || ' ' || py_expected_steps.step, ', '
            order by int_deviation_variants.step_index, int_deviation_variants.kind
        ) as deviations
    from counted
    inner join int_deviation_variants
        on counted.variant_code = int_deviation_variants.variant_code
    inner join py_expected_steps
        on
            counted.expected = py_expected_steps.expected
            and int_deviation_variants.step_index = py_expected_steps.step_index
    group by counted.variant_code

)

select
    counted.expected,
    counted.variant_index,
    coalesce(
        array_to_string(
            -- noqa: disable=RF02
            list_transform(counted.path, lambda symbol: named.steps[symbol + 1]),
            -- noqa: enable=RF02
            ' > '
        ),
        ''
    ) as variant,
    counted.ending,
    counted.journeys,
    counted.share,
    py_alignments.cost,
    case
        when py_alignments.worst_cost = 0 then 1
        else
            (py_alignments.worst_cost - py_alignments.cost) / py_alignments.worst_cost
    end as fitness,
    coalesce(deviating.deviations, '') as deviations
from counted
left join named on counted.expected = named.expected
left join py_alignments on counted.variant_code = py_alignments.variant_code
left join deviating on counted.variant_code = deviating.variant_code
order by counted.expected, counted.variant_index
