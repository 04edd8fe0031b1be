"""Who a person is: all that the stitching joins with the identifiers that are given."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from journeymine.erasing.identifiers import Given
from journeymine.erasing.register import Identifier
from journeymine.erasing.staging import FOUND
from journeymine.errors import ConfigError

CASE = "case"
"""Type that stands for a case, which a person began, among the erased identifiers."""


@dataclass(frozen=True)
class Person:
    """One or several persons, as they are known by what is landed.

    Attributes
    ----------
    identifiers
        Those given, and all that the stitching joins with them, in their order.
    written
        Those given, as the user wrote them.
    cases
        Cases that they began.
    customers
        Their ids in the tables.
    shared
        Identifiers beside theirs that stand beside too many others to be anybody's.
    """

    identifiers: tuple[Identifier, ...]
    written: tuple[Identifier, ...]
    cases: tuple[Identifier, ...]
    customers: tuple[str, ...]
    shared: tuple[Identifier, ...]

    @property
    def names(self) -> tuple[Identifier, ...]:
        """All by which their records are known."""
        return (*self.identifiers, *self.written, *self.cases)


@dataclass(frozen=True)
class Extent:
    """What goes with a person: records by source, their files, and whose they are too.

    `of_others` counts events of other customers among them: they name the person.
    """

    records: dict[str, int]
    contents: int
    of_others: int


def find_person(con: duckdb.DuckDBPyConnection, given: Sequence[Given]) -> Person:
    """Return who is known by some identifiers; they alone if nobody is.

    Raises
    ------
    ConfigError
        If an identifier stands for nobody in particular.
    """
    for one in given:
        _check_is_somebodys(con, one.stitched)
    con.execute("create or replace table given (kind varchar, value varchar)")
    con.executemany(
        "insert into given values (?, ?)", [list(one.stitched) for one in given]
    )
    joined = con.execute(_JOINED).fetchall()
    identifiers = {Identifier(kind, value) for kind, value, _ in joined}
    return Person(
        identifiers=tuple(sorted({*identifiers, *(one.stitched for one in given)})),
        written=tuple(sorted({one.written for one in given})),
        cases=tuple(
            Identifier(CASE, case) for (case,) in con.execute(_BEGUN).fetchall()
        ),
        customers=tuple(sorted({customer for _, _, customer in joined})),
        shared=tuple(Identifier(*row) for row in con.execute(_SHARED).fetchall()),
    )


def extent_of(con: duckdb.DuckDBPyConnection, person: Person) -> Extent:
    """Return what is in the records that were found of a person."""
    records = con.execute(
        f"select source, count(*) from {FOUND} group by source order by source"
    ).fetchall()
    (contents,) = con.execute(f"select count(distinct sha256) from {FOUND}").fetchall()[
        0
    ]
    (others,) = con.execute(_OF_OTHERS, [list(person.customers)]).fetchall()[0]
    return Extent(dict(records), contents, others)


def _check_is_somebodys(con: duckdb.DuckDBPyConnection, one: Identifier) -> None:
    found = con.execute(
        """
        select coalesce(int_identity_cuts.reason, 'shared')
        from int_identities
        left join int_identity_cuts
            on int_identities.identifier_code = int_identity_cuts.identifier_code
        where identifier_type = ? and identifier = ? and is_cut
        """,
        list(one),
    ).fetchall()
    if found:
        message = (
            f"--identifier {one.pair}: stands for nobody in particular"
            f" ({found[0][0]}); name an identifier of one person"
        )
        raise ConfigError(message)


_JOINED = """
create or replace table erased_identities as
select int_identities.*
from int_identities
semi join (
    select int_identities.customer_id
    from int_identities
    inner join given
        on int_identities.identifier_type = given.kind
        and int_identities.identifier = given.value
) as persons
    on int_identities.customer_id = persons.customer_id;
select identifier_type, identifier, customer_id
from erased_identities
order by identifier_type, identifier
"""

# The customer of a case is that of the set that began it.
_BEGUN = """
select int_cases.case_id
from int_cases
inner join int_set_customers
    on int_cases.identifiers = int_set_customers.identifiers
semi join erased_identities
    on int_set_customers.customer_id = erased_identities.customer_id
order by int_cases.case_id
"""

_SHARED = """
select distinct int_identities.identifier_type, int_identities.identifier
from int_identifier_links as theirs
semi join erased_identities
    on theirs.identifier_code = erased_identities.identifier_code
inner join int_identifier_links as beside
    on theirs.identifier_set = beside.identifier_set
inner join int_identity_cuts
    on beside.identifier_code = int_identity_cuts.identifier_code
inner join int_identities
    on beside.identifier_code = int_identities.identifier_code
where int_identity_cuts.reason = 'shared'
order by all
"""

_OF_OTHERS = f"""
select count(*)
from stg_events
semi join {FOUND}
    on stg_events.source = {FOUND}.source
    and stg_events.sha256 = {FOUND}.sha256
    and stg_events.record_index = {FOUND}.record_index
inner join int_set_customers
    on stg_events.identifiers = int_set_customers.identifiers
where int_set_customers.customer_id not in (select unnest(?::varchar[]))
"""
