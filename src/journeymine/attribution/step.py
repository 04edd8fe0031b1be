"""Credit of channels by every model, with its interval: the table `py_attribution`."""

from collections.abc import Iterator
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from journeymine.attribution.markov import parted, removal_shares
from journeymine.attribution.replicates import (
    Integers,
    Membership,
    Sums,
    estimated,
    interval,
    replicated,
    weights,
)
from journeymine.personas.threads import on_one_thread
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

MODELS = ("first", "last", "linear", "position", "time_decay", "shapley", "markov")
"""The last one looks at all journeys, the others at one at a time."""

KINDS = ("credit", "value")

ALONE = tuple(f"{model}_{kind}" for kind in KINDS for model in MODELS[:-1])
"""What `int_attribution_credits` has: all but the last model."""


class _Sliced(NamedTuple):
    """How often customers count, and the slices of what they did.

    `customers` and `codes` are the numbers of customers and of slices, in order;
    `channels` is how many there are, (none) included, which is the first.
    """

    customers: Integers
    counted: NDArray[np.uint8]
    codes: Integers
    membership: Membership
    channels: int


def make_attribution(context: Context) -> None:
    """Write `py_attribution`: credit and value per slice, channel and model.

    They are in parts as in `int_attribution_credits`, and so are the limits of their
    95 % intervals. Channel 0 is none.
    """
    con = context.con
    credits = con.sql(
        "from int_attribution_credits order by slice_set, customer_code, channel_code"
    ).to_arrow_table()
    links = con.sql(
        "from int_attribution_links"
        " order by slice_set, customer_code, from_code, to_code"
    ).to_arrow_table()
    sliced = _sliced(con, credits, links)
    with on_one_thread():
        middle, spread = estimated(_credited(credits, links, sliced))
    has_value = credits.column("first_value").null_count == 0
    write_arrow(con, "py_attribution", _told(sliced, middle, spread, has_value))


def _sliced(
    con: duckdb.DuckDBPyConnection, credits: pa.Table, links: pa.Table
) -> _Sliced:
    tables = (credits, links)
    used = np.unique(np.concatenate([_column(one, "customer_code") for one in tables]))
    sets = np.unique(np.concatenate([_column(one, "slice_set") for one in tables]))
    customers = con.sql(
        "select customer_code, md5_number_lower(customer_id) as hash"
        " from int_customers order by customer_code"
    ).to_arrow_table()
    slices = con.sql(
        "select slice_set, slice_code from int_slices order by slice_set, slice_code"
    ).to_arrow_table()
    found = con.execute(
        "select count(distinct channel_code) from int_touch_channels"
    ).fetchall()
    places = np.searchsorted(_column(customers, "customer_code"), used)
    counted = weights(customers.column("hash").to_numpy()[places])
    known = _column(slices, "slice_set")
    is_used = np.isin(known, sets)
    codes, at = np.unique(_column(slices, "slice_code")[is_used], return_inverse=True)
    return _Sliced(
        used, counted, codes, Membership(known[is_used], at), int(found[0][0])
    )


def _credited(
    credits: pa.Table, links: pa.Table, sliced: _Sliced
) -> Iterator[Integers]:
    """Yield shape (n_slices, kinds, models, n_channels, n_replicates of the block)."""
    slices, channels = len(sliced.codes), sliced.channels
    alone = len(ALONE) * channels
    sums = Sums(
        *(
            np.concatenate(both)
            for both in zip(
                _sums_alone(credits, sliced), _sums_linked(links, sliced), strict=True
            )
        )
    )
    shape = (slices, alone + channels * (channels + 1))
    for block in replicated(sums, sliced.membership, sliced.counted, shape):
        size = block.shape[2]
        models = len(MODELS) - 1
        found = block[:, :alone].reshape(slices, len(KINDS), models, channels, size)
        chain = block[:, alone:].reshape(slices, channels, channels + 1, size)
        whole = found[:, :, MODELS.index("linear")]
        markov = _shared_out(removal_shares(np.moveaxis(chain, 3, 1)), whole)
        yield np.concatenate([found, markov[:, :, None]], axis=2)


def _shared_out(shares: NDArray[np.float64], whole: Integers) -> Integers:
    """Share out what the touched conversions are; the others stay with channel 0."""
    touched = whole[:, :, 1:].sum(axis=2)
    parts = parted(shares[:, None], touched)
    return np.concatenate([whole[:, :, :1], np.moveaxis(parts, 3, 2)], axis=2)


def _sums_alone(credits: pa.Table, sliced: _Sliced) -> Sums:
    """Return the amounts of the models, one after the other; most are 0."""
    amounts = np.concatenate(
        [credits.column(name).fill_null(0).to_numpy() for name in ALONE]
    )
    row = np.tile(np.arange(len(credits)), len(ALONE))
    first = np.repeat(np.arange(len(ALONE)) * sliced.channels, len(credits))
    cells = first + _column(credits, "channel_code")[row]
    kept = np.flatnonzero(amounts)
    return _sums(credits, row[kept], cells[kept], amounts[kept], sliced)


def _sums_linked(links: pa.Table, sliced: _Sliced) -> Sums:
    """Return the links behind the amounts, in the order of `removal_shares`."""
    to, last = _column(links, "to_code"), sliced.channels - 1
    # The channels from 0, then the two ends, which are 0 and -1.
    column = np.where(to > 0, to - 1, last - to)
    cells = _column(links, "from_code") * (sliced.channels + 1) + column
    row = np.arange(len(links))
    cells += len(ALONE) * sliced.channels
    return _sums(links, row, cells, _column(links, "links"), sliced)


def _sums(
    rows: pa.Table, row: Integers, cells: Integers, amounts: Integers, sliced: _Sliced
) -> Sums:
    customers = np.searchsorted(sliced.customers, _column(rows, "customer_code"))
    return Sums(_column(rows, "slice_set")[row], customers[row], cells, amounts)


def _told(
    sliced: _Sliced, middle: Integers, spread: NDArray[np.float64], has_value: bool
) -> pa.Table:
    low, high = interval(middle, spread)
    slices, _, models, channels = middle.shape
    size = slices * models * channels
    names = np.repeat(np.tile(MODELS, slices), channels)
    columns: dict[str, object] = {
        "slice_code": np.repeat(sliced.codes, models * channels),
        "channel_code": np.tile(np.arange(channels), slices * models),
        "model": pa.array(names.tolist(), pa.string()),
    }
    for place, kind in enumerate(KINDS):
        is_unknown = np.full(size, kind == "value" and not has_value)
        named = {"parts": middle, "low": low, "high": high}
        for name, found in named.items():
            column = found[:, place].ravel()
            columns[f"{kind}_{name}"] = pa.array(column, mask=is_unknown)
    return pa.table(columns)


def _column(rows: pa.Table, name: str) -> Integers:
    return np.asarray(rows.column(name).to_numpy(), np.int64)
