"""Whether journeys with a sub-sequence convert more or less often than others."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import erfc

from journeymine.comparison import q_values
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

Values = NDArray[np.float64]

KEY = ("subsequence_index", "persona", "segment", "segment_value")
LEAST = 30
"""Ended journeys on either side, under which nothing is tested."""


def make_subsequence_tests(context: Context) -> None:
    """Write `py_subsequence_tests`: standard error and q-value of each difference.

    Slices by outcome are left out: there the outcome is known beforehand.
    """
    con = context.con
    counts = con.sql(
        f"""
        from int_subsequences
        where segment <> 'outcome' and ended >= {LEAST} and other_ended >= {LEAST}
        order by {", ".join(KEY)}
        """
    ).to_arrow_table()
    of = {
        name: counts.column(name).to_numpy().astype(np.float64)
        for name in counts.column_names
        if name not in KEY
    }
    error = difference_error(of)
    tested = (
        counts.select(KEY)
        .append_column("error", pa.array(error))
        .append_column("q_value", pa.array(q_values(_p_values(of, error))))
    )
    write_arrow(con, "py_subsequence_tests", tested)


def difference_error(of: dict[str, Values]) -> Values:
    """Return the standard error of the difference of two rates over the same customers.

    The variance of a ratio by linearization, summed per customer (cluster-robust): a
    customer adds `(k - rate * n) / N` with the sub-sequence, less the same without it.
    `of` has the columns of `int_subsequences`.
    """
    n, other_n = of["ended"], of["other_ended"]
    rate, other_rate = _rates(of)
    own = (
        of["converted_converted"]
        - 2 * rate * of["converted_ended"]
        + rate**2 * of["ended_ended"]
    )
    other = (
        of["other_converted_converted"]
        - 2 * other_rate * of["other_converted_ended"]
        + other_rate**2 * of["other_ended_ended"]
    )
    shared = (
        of["converted_other_converted"]
        - other_rate * of["converted_other_ended"]
        - rate * of["ended_other_converted"]
        + rate * other_rate * of["ended_other_ended"]
    )
    groups = of["all_customers"]
    variance = own / n**2 + other / other_n**2 - 2 * shared / (n * other_n)
    # What is zero may come out a little below it.
    return np.sqrt(np.maximum(variance, 0) * groups / np.maximum(groups - 1, 1))


def _p_values(of: dict[str, Values], error: Values) -> Values:
    rate, other_rate = _rates(of)
    difference = rate - other_rate
    # No spread, no doubt: a difference is certain, or there is none.
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(difference == 0, 0.0, np.abs(difference) / error)
    return np.asarray(erfc(z / np.sqrt(2)))


def _rates(of: dict[str, Values]) -> tuple[Values, Values]:
    return of["converted"] / of["ended"], of["other_converted"] / of["other_ended"]
