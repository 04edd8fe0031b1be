"""The nodes of the build graph that align journeys with the expected one."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from journeymine.config_expected import ExpectedJourney
from journeymine.conformance.automaton import Meaning
from journeymine.conformance.drawing import drawn
from journeymine.conformance.meaning import stated
from journeymine.conformance.paths import Paths, nothing_found
from journeymine.conformance.subjects import Seen
from journeymine.plan import Context
from journeymine.warehouse import write_table

LONGEST_PATH = 2000
"""Events of a journey that its expected journey names; longer ones are not judged."""

BATCH_COUNTS = 1_000_000
"""Counts of subjects of paths that are aligned at once."""


def make_symbols(context: Context) -> None:
    """Write `py_expected_symbols` and `py_expected_steps`.

    The symbol of (expected, activity_code, stage_index), where the expected journey
    speaks of it, and the first subject that it could be; and title, rule and time limit
    of each subject, from 1.
    """
    codes = _codes(context)
    meanings = _meanings(context)
    write_table(
        context.con,
        "py_expected_symbols",
        "expected varchar, activity_code bigint, stage_index integer, symbol bigint, "
        "step_index integer",
        [
            (
                name,
                *codes[pair],
                symbol,
                int(meaning.alphabet.subjects[symbol, 0]) + 1,
            )
            for name, meaning in meanings.items()
            for pair, symbol in meaning.symbols.items()
        ],
    )
    _write_subjects(context, meanings)


def make_alignments(context: Context) -> None:
    """Write `py_alignments` and `py_alignment_steps`.

    Of each row of `int_expected_variants` that is not too long: `cost`, the fewest
    moves that differ, and `worst_cost`, all events in surplus and all steps missing;
    and the counts of `alignment.Found` by subject, where any is not 0.
    """
    con = context.con
    con.execute(
        "create or replace table py_alignments"
        " (variant_code bigint, cost bigint, worst_cost bigint)"
    )
    con.execute(
        "create or replace table py_alignment_steps (variant_code bigint,"
        " step_index bigint, matched bigint, surplus bigint, missing bigint,"
        " at_end bigint, wanted bigint, since_place bigint, until_place bigint)"
    )
    for name, meaning in _meanings(context).items():
        size = max(1, BATCH_COUNTS // len(meaning.subjects))
        for variants in _batches(context, name, size):
            for table, rows in _aligned(variants, meaning).items():
                con.register("aligned", rows)
                con.execute(f"insert into {table} from aligned")
                con.unregister("aligned")


def _write_subjects(context: Context, meanings: dict[str, Meaning]) -> None:
    write_table(
        context.con,
        "py_expected_steps",
        "expected varchar, step_index integer, step varchar, rule varchar, "
        "within_us bigint",
        [
            (name, place, subject.title, subject.rule, subject.within_us)
            for name, meaning in meanings.items()
            for place, subject in enumerate(meaning.subjects, start=1)
        ],
    )


def _aligned(variants: pa.RecordBatch, meaning: Meaning) -> dict[str, pa.Table]:
    """Return the rows of both tables for some variants."""
    # numba takes half a second to import.
    from journeymine.conformance.alignment import align  # noqa: PLC0415

    codes = variants.column("variant_code").to_numpy()
    lists = variants.column("path")
    paths = Paths(
        # One empty path beside: its cost is that of all that is meant.
        lists.flatten().to_numpy(zero_copy_only=False),
        np.cumsum([0, *lists.value_lengths().to_numpy(), 0], dtype=np.int64),
        np.append(variants.column("is_open").to_numpy(zero_copy_only=False), False),
    )
    found = nothing_found(len(codes) + 1, len(meaning.subjects))
    align(paths, meaning.moves, meaning.alphabet, found)
    cost = found.cost[:-1]
    worst = np.diff(paths.first)[:-1] + np.where(paths.is_open[:-1], 0, found.cost[-1])
    counts = np.stack(found[1:])[:, :-1]
    rows, subjects = np.nonzero(counts.any(axis=0))
    names = ("matched", "surplus", "missing", "at_end", "wanted", "since", "until")
    told = {
        "variant_code": codes[rows],
        "step_index": subjects + 1,
        **dict(zip(names, counts[:, rows, subjects], strict=True)),
    }
    return {
        "py_alignments": pa.table({"code": codes, "cost": cost, "worst": worst}),
        "py_alignment_steps": pa.table(told),
    }


def _batches(context: Context, expected: str, size: int) -> Iterator[pa.RecordBatch]:
    """Yield the variants of an expected journey, so many at a time."""
    found = context.con.sql(
        """
        select variant_code, ending = 'open' as is_open, path
        from int_expected_variants
        where expected = $expected and len(path) <= $longest
        order by variant_code
        """,
        params={"expected": expected, "longest": LONGEST_PATH},
    ).to_arrow_table()
    yield from found.combine_chunks().to_batches(max_chunksize=size)


def _meanings(context: Context) -> dict[str, Meaning]:
    """Return the expected journeys, by persona."""
    expected = context.config.expected
    journeys = expected.journeys if expected else {}
    seen = list(_codes(context)) if journeys else []
    return {name: _meaning(context, one, seen) for name, one in journeys.items()}


def _meaning(context: Context, journey: ExpectedJourney, seen: list[Seen]) -> Meaning:
    if journey.bpmn:
        return drawn(journey, context.config.folder / journey.bpmn, seen)
    stage_of = {
        activity: stage
        for stage, activities in context.config.stages.items()
        for activity in activities
    }
    return stated(journey, seen, stage_of)


def _codes(context: Context) -> dict[Seen, tuple[int, int]]:
    """Return activity_code and stage_index of each (activity, stage) of the steps."""
    if context.config.expected is None:
        return {}
    rows = context.con.execute(
        """
        with seen as (
            select distinct activity_code, stage_index
            from int_steps
            where is_step
        ),

        stages as (select distinct stage_index, stage from cfg_stages)

        select activity, stages.stage, seen.activity_code, seen.stage_index
        from seen
        inner join int_activities on seen.activity_code = int_activities.activity_code
        left join stages on seen.stage_index = stages.stage_index
        order by all
        """
    ).fetchall()
    return {(activity, stage): (code, index) for activity, stage, code, index in rows}
