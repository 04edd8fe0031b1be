"""Whether two shares differ: tests, and their correction for being many."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import erfc

from journeymine.plan import Context
from journeymine.warehouse import write_arrow

Values = NDArray[np.float64]


def two_proportions(k: Values, n: Values, other_k: Values, other_n: Values) -> Values:
    """Return two-sided p-values that k of n and other_k of other_n differ by chance.

    The pooled z-test. NaN where a group is empty.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (k + other_k) / (n + other_n)
        spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
        z = np.abs(k / n - other_k / other_n) / spread
    # No spread, no difference: all left, or none.
    z = np.where(spread == 0, 0.0, z)
    return np.asarray(erfc(z / np.sqrt(2)))


def q_values(p: Values) -> Values:
    """Return p-values corrected for their number (Benjamini and Hochberg 1995).

    NaN stays NaN, and does not count.
    """
    q = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    ranks = np.arange(1, len(order) + 1)
    raw = p[order] * len(order) / ranks
    q[order] = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1.0)
    return q


def make_drop_off_tests(context: Context) -> None:
    """Write `py_drop_off_tests`: key of `int_drop_off_counts`, and q_value.

    Slices by outcome are left out: who abandoned has left by definition, and so many
    sure differences would make room for false ones among the rest.
    """
    con = context.con
    key = ("funnel", "period", "persona", "segment", "segment_value", "step_index")
    counts = con.sql(
        f"""
        select {", ".join(key)}, dropped_at_risk, at_risk,
            coalesce(compared_dropped, 0) as compared_dropped,
            coalesce(compared_at_risk, 0) as compared_at_risk
        from int_drop_off_counts
        where segment <> 'outcome'
        order by {", ".join(key)}
        """
    ).to_arrow_table()
    columns = (
        counts.column(name).to_numpy().astype(np.float64)
        for name in (
            "dropped_at_risk",
            "at_risk",
            "compared_dropped",
            "compared_at_risk",
        )
    )
    q = q_values(two_proportions(*columns))
    tested = counts.select(key).append_column(
        "q_value", pa.array(q, pa.float64(), mask=np.isnan(q))
    )
    write_arrow(con, "py_drop_off_tests", tested)
