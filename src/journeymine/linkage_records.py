"""The records that probable identity compares: one per identifier, as it was landed."""

import duckdb

from journeymine.config_linkage import Linkage
from journeymine.errors import ConfigError
from journeymine.identity_tables import PLACEHOLDERS
from journeymine.warehouse import scalar

MOST_PAIRS = 20_000_000
"""What a rule may join: more takes minutes, and is a value that tells nobody apart."""

FEWEST_PAIRS = 20
"""What a rule must join to be learned from."""


def make_records(con: duckdb.DuckDBPyConnection, linkage: Linkage) -> None:
    """Make the table `linkage_records`: record, and value_1, value_2, ... as compared.

    A value is the most frequent one of its attribute, of equals the first; letters
    are small and without accents, and a placeholder is no value.

    Raises
    ------
    ConfigError
        If no event has the identifier, or no record one of the attributes.
    """
    columns = ", ".join(
        f"{_typed(kind, place)} as value_{place}"
        for place, kind in enumerate(linkage.compare.values(), start=1)
    )
    con.execute(
        f"create or replace temp table linkage_records as {_SQL.format(columns)}",
        {
            "identifier": linkage.identifier,
            "attributes": list(linkage.compare),
            "placeholders": list(PLACEHOLDERS),
        },
    )
    _check_values(con, linkage)


def columns_of(linkage: Linkage, attributes: tuple[str, ...]) -> list[str]:
    """Return the columns of `linkage_records` that hold the attributes."""
    names = list(linkage.compare)
    return [f"value_{names.index(attribute) + 1}" for attribute in attributes]


def lessons(con: duckdb.DuckDBPyConnection, linkage: Linkage) -> list[tuple[str, ...]]:
    """Return the rules whose pairs teach how records of one person differ.

    Raises
    ------
    ConfigError
        If a rule joins too many pairs to compare, or all together too few to learn.
    """
    joined = {rule: _joined(con, linkage, rule) for rule in linkage.rules}
    found = [rule for rule in linkage.lessons if joined[rule] >= FEWEST_PAIRS]
    for attribute in linkage.compare:
        if all(attribute in rule for rule in found):
            message = (
                "identity.linkage.block_on: too few records agree to learn how"
                f" {attribute!r} differs; add a rule without it, or leave this section"
                " out until there are more records"
            )
            raise ConfigError(message)
    return found


def _joined(
    con: duckdb.DuckDBPyConnection, linkage: Linkage, rule: tuple[str, ...]
) -> int:
    columns = columns_of(linkage, rule)
    pairs, largest = con.execute(
        "select coalesce(sum(records * (records - 1) // 2), 0), max(records) from"
        " (select count(*) as records from linkage_records"
        f" where {' and '.join(f'{one} is not null' for one in columns)}"
        f" group by {', '.join(columns)})"
    ).fetchall()[0]
    if pairs > MOST_PAIRS:
        message = (
            f"identity.linkage.block_on: {' and '.join(rule)}: {pairs:,} pairs"
            f" agree (one value is that of {largest:,} records), and"
            f" {MOST_PAIRS:,} can be compared; add an attribute to this rule"
        )
        raise ConfigError(message)
    return int(pairs)


_SQL = """
    with told as (
        select
            attributes,
            unnest(string_split(identifiers, chr(31))) as pair
        from int_events
        -- What is only seen after $as_of is not known yet.
        where identifiers is not null and coalesce(rule, '') <> 'after_as_of'
    ),
    held as (
        select
            substr(pair, strpos(pair, '=') + 1) as record,
            attributes,
            unnest($attributes) as attribute,
            generate_subscripts($attributes, 1) as place
        from told
        where split_part(pair, '=', 1) = $identifier
    ),
    counted as (
        select
            record,
            place,
            trim(lower(strip_accents(attribute_value(attributes, attribute)))) as value,
            count(*) as times
        from held
        group by all
    ),
    chosen as (
        select
            record,
            place,
            arg_min(value, (-times, value)) filter (
                where not list_contains($placeholders, value)
            ) as value
        from counted
        group by record, place
    )
    select record, {}
    from chosen
    group by record
    order by record
"""


def _typed(kind: str, place: int) -> str:
    value = f"max(value) filter (where place = {place})"
    return f"try_cast({value} as date)" if kind == "date" else value


def _check_values(con: duckdb.DuckDBPyConnection, linkage: Linkage) -> None:
    if not scalar(con, "select count(*) from linkage_records"):
        message = (
            f"identity.linkage.identifier: no event has a {linkage.identifier};"
            " name a type of the sources' identifiers"
        )
        raise ConfigError(message)
    for attribute, kind in linkage.compare.items():
        (column,) = columns_of(linkage, (attribute,))
        if not scalar(con, f"select count({column}) from linkage_records"):
            as_what = ", or none as a date like 1990-12-31" if kind == "date" else ""
            message = (
                f"identity.linkage.compare: no {linkage.identifier} has a value of"
                f" {attribute!r}{as_what}; declare it in a source's attributes"
            )
            raise ConfigError(message)
