"""States of customers as arrays: what was known at a moment, and whether they left."""

from dataclasses import dataclass, fields
from typing import Self

import duckdb
import numpy as np
from numpy.typing import NDArray

from journeymine.prediction.prefixes import Floats, Integers

DAY_US = 86_400e6
_ALL = """
select * replace (
    coalesce(cast(is_lost as integer), -1) as is_lost,
    coalesce(conversion_us, -1) as conversion_us
)
from int_churn_states
order by moment_index desc, customer_code
"""


@dataclass(frozen=True)
class States:
    """States of customers, one per row, the earliest first; as in `int_churn_states`.

    Attributes
    ----------
    is_lost
        1 if the customer had left, else 0; -1 for the states of today.
    conversion_us
        -1 if no goal was reached yet.
    """

    customer_code: Integers
    moment_index: Integers
    moment_us: Integers
    until_us: Integers
    is_lost: Integers
    silence_us: Integers
    spell_us: Integers
    spell_days: Integers
    tenure_us: Integers
    active_days: Integers
    recent_days: Integers
    former_days: Integers
    conversions: Integers
    conversion_us: Integers
    recent_support: Integers
    recent_exits: Integers
    recent_messages: Integers
    returns: Integers

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.customer_code)

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Return the rows that a mask chooses."""
        return type(self)(
            **{one.name: getattr(self, one.name)[chosen] for one in fields(self)}
        )

    @property
    def horizon_us(self) -> int:
        """The silence that is churn."""
        return int(self.until_us[0] - self.moment_us[0])

    @property
    def lost(self) -> int:
        """How many of them left."""
        return int((self.is_lost == 1).sum())


def read_states(con: duckdb.DuckDBPyConnection) -> States:
    """Return all states, those of today at the end."""
    table = con.sql(_ALL).to_arrow_table()
    return States(
        **{
            one.name: np.asarray(table[one.name].to_numpy(), dtype=np.int64)
            for one in fields(States)
        }
    )


def days(microseconds: Integers) -> Floats:
    """Return times in days."""
    return np.asarray(microseconds / DAY_US)
