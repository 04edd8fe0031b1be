"""Which published journeys follow a pattern: questions to the published tables."""

from collections.abc import Collection
from difflib import get_close_matches

from journeymine.config import Config
from journeymine.errors import QueryError
from journeymine.patterns.language import parse
from journeymine.patterns.regular import (
    FIRST_CHARACTER,
    alphabet_of,
    expression,
)
from journeymine.patterns.tokens import PatternError
from journeymine.patterns.tree import Pattern, names_in
from journeymine.query import answer
from journeymine.records import quoted

JUDGED = """
with paths as (
    select
        journey_id,
        string_agg(
            chr(
                cast(
                    {first}
                    + {width} * coalesce(list_position({activities}, activity), 0)
                    + coalesce(list_position({channels}, channel), 0) as integer
                )
            ),
            ''
            order by event_index
        ) as path
    from fct_events
    where is_step
    group by journey_id
),
judged as (
    select
        fct_journeys.*,
        regexp_matches(coalesce(paths.path, ''), {expression}) as is_found
    from fct_journeys
    left join paths on fct_journeys.journey_id = paths.journey_id
    where fct_journeys.journey_kind = 'main'
)
"""
LISTED = """
select
    judged.journey_id,
    judged.customer_id,
    judged.persona,
    judged.started_at,
    judged.outcome,
    fct_variants.variant
from judged
left join fct_variants
    on judged.variant_id = fct_variants.variant_id
    and fct_variants.persona = 'all' and fct_variants.segment = 'all'
where judged.is_found
order by judged.journey_id
"""
SUMMED = """
, per_customer as (
    select
        customer_id,
        is_found,
        count(*) as journeys,
        count(*) filter (where outcome = 'converted') as k,
        count(*) filter (where outcome <> 'in_progress') as n
    from judged
    group by customer_id, is_found
),
weighed as (
    select
        is_found,
        sum(k)::bigint / nullif(sum(n)::bigint, 0) as rate,
        effective_units(
            sum(k)::bigint, sum(n)::bigint, count(*) filter (where n > 0),
            sum(k * k)::bigint, sum(k * n)::bigint, sum(n * n)::bigint
        ) as units
    from per_customer
    group by is_found
),
rates as (
    select
        max(rate) filter (where is_found) as yes,
        max(units) filter (where is_found) as yes_units,
        max(rate) filter (where not is_found) as no,
        max(units) filter (where not is_found) as no_units
    from weighed
),
examples as (
    select
        any_value(fct_variants.variant) as variant,
        count(*) as journeys,
        min(judged.journey_id) as journey_id
    from judged
    inner join fct_variants
        on judged.variant_id = fct_variants.variant_id
        and fct_variants.persona = 'all' and fct_variants.segment = 'all'
    where judged.is_found
    group by judged.variant_id
    order by journeys desc, journey_id
    limit 5
)
select
    {pattern} as pattern,
    count(*) filter (where is_found) as journeys,
    count(*) as all_journeys,
    count(*) filter (where is_found) / nullif(count(*), 0) as share,
    count(distinct customer_id) filter (where is_found) as customers,
    count(*) filter (where is_found and outcome = 'converted') as converted,
    count(*) filter (where is_found and outcome = 'exited') as exited,
    count(*) filter (where is_found and outcome = 'abandoned') as abandoned,
    count(*) filter (where is_found and outcome = 'in_progress') as in_progress,
    any_value(yes) as conversion_rate,
    any_value(wilson_low(yes * yes_units, yes_units)) as conversion_rate_low,
    any_value(wilson_high(yes * yes_units, yes_units)) as conversion_rate_high,
    any_value(no) as conversion_rate_without,
    any_value(wilson_low(no * no_units, no_units)) as conversion_rate_without_low,
    any_value(wilson_high(no * no_units, no_units)) as conversion_rate_without_high,
    (
        select coalesce(list(examples order by journeys desc, journey_id), [])
        from examples
    ) as examples
from judged
cross join rates
"""


def summary_query(config: Config, text: str, seconds: float) -> str:
    """Return the query that sums up the journeys that follow a pattern: one row.

    Raises
    ------
    QueryError
        If the pattern is wrong, or names what no published journey has.
    """
    return _judged(config, text, seconds) + SUMMED.format(pattern=quoted(text))


def list_query(config: Config, text: str, seconds: float) -> str:
    """Return the query that lists these journeys; raises as `summary_query`."""
    return _judged(config, text, seconds) + LISTED


def _judged(config: Config, text: str, seconds: float) -> str:
    try:
        pattern = parse(text)
        alphabet = alphabet_of([pattern])
    except (PatternError, ValueError) as error:
        message = f"paths: {error}"
        raise QueryError(message) from error
    for kind in ("activity", "channel"):
        known = f"select distinct {kind} from fct_events where is_step"
        with answer(config, known, seconds) as found:
            _check_names(pattern, kind, {str(name) for (name,) in found.rows})
    return JUDGED.format(
        first=FIRST_CHARACTER,
        width=alphabet.width,
        activities=_list(alphabet.activities),
        channels=_list(alphabet.channels),
        expression=quoted(expression(pattern, alphabet)),
    )


def _check_names(pattern: Pattern, kind: str, known: Collection[str]) -> None:
    for one in names_in(pattern):
        name = getattr(one, kind)
        if name is None or name in known:
            continue
        near = get_close_matches(name, sorted(known), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"see the {kind} of fct_events"
        message = (
            f"paths: character {one.at}: no journey has the {kind} {name!r}; {hint}"
        )
        raise QueryError(message)


def _list(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(quoted, names))}]::varchar[]"
