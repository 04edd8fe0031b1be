"""The compiled loops over steps against SQL, which is slower and much shorter."""

import random
from collections.abc import Iterable, Sequence

import pyarrow as pa
import pytest
from tests.core.bench import Bench, Given, ResultOf

from journeymine.paths import transitions
from journeymine.warehouse import Row, write_arrow

TRANSITIONS = """
select
    int_slices.slice_code, int_steps.activity_code, int_steps.next_activity_code,
    count(*), quantile_disc(int_steps.wait_us, 0.5),
    quantile_disc(int_steps.wait_us, 0.9)
from int_steps
inner join int_slices on int_steps.slice_set = int_slices.slice_set
where int_steps.next_activity_code is not null
group by all
order by all
"""
PATHS = """
select journey_code, list(activity_code order by step_position)
from int_steps
where is_step
group by journey_code
order by journey_code
"""
JOURNEYS = 4_000
SETS = 7


@pytest.fixture
def steps(bench: Bench) -> Bench:
    """Draw journeys of random steps, in rows of no order, and what slices them."""
    rng = random.Random(5)
    rows: list[Row] = []
    number = 0
    for _ in range(JOURNEYS):
        journey, set_ = number + 1, rng.randint(1, SETS)
        length = rng.choice([0, 1, 2, 5, 9])
        codes = [rng.choice([2, 3, 5, 5, 5, 11]) for _ in range(length)]
        for place, code in enumerate(codes, start=1):
            number += 1
            later = codes[place] if place < length else None
            # Some waits are the same for all, some are found once, some are long.
            wait = rng.choice([0, 60, rng.randrange(10**3), rng.randrange(10**15)])
            step = (code, later, None if later is None else wait, place)
            rows.append((number, journey, set_, True, *step))
        number += 1
        rows.append((number, journey, set_, False, 5, None, None, None))
    rng.shuffle(rows)
    names = (
        "event_number journey_code slice_set is_step"
        " activity_code next_activity_code wait_us step_position"
    )
    slices = [
        (set_, persona, segment, code)
        for set_ in range(1, SETS + 1)
        for persona, segment, code in [
            ("all", "all", 1),
            (f"p{set_ % 3}", "all", 10 + set_ % 3),
            ("all", "month", 20 + set_ % 2),
            (f"p{set_ % 3}", "month", 30 + set_ % 6),
        ]
    ]
    draw(bench, "int_steps", names.split(), zip(*rows, strict=True))
    draw(bench, "int_log_rounds", ["first_event", "last_event"], [[1], [number]])
    draw(
        bench,
        "int_slices",
        ["slice_set", "persona", "segment", "slice_code"],
        zip(*slices, strict=True),
    )
    return bench


@pytest.mark.parametrize("per_round", [8_000_000, 3_000, 1])
@pytest.mark.parametrize("threads", [1, 3])
def test_waiting_times_are_those_of_the_database_in_rounds_of_any_size(
    per_round: int, threads: int, steps: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transitions, "TRANSITIONS_PER_ROUND", per_round)
    steps.con.execute(f"set threads = {threads}")
    found = steps.result_of("py_transitions", "*")
    assert found == steps.con.execute(TRANSITIONS).fetchall()
    assert len(found) > 4 * SETS


def test_rounds_end_where_too_many_pairs_would_be_told_apart(
    steps: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transitions, "PAIRS_PER_ROUND", 24)
    found = steps.result_of("py_transitions", "*")
    assert found == steps.con.execute(TRANSITIONS).fetchall()


@pytest.mark.parametrize("parts", [1, 4])
def test_paths_are_those_of_the_database_in_parts_of_any_size(
    parts: int, steps: Bench
) -> None:
    ((last,),) = steps.con.execute("select last_event from int_log_rounds").fetchall()
    starts = steps.con.execute(
        "select min(journey_code) from int_steps"
        f" group by (journey_code - 1) // {-(-last // parts)} order by all"
    ).fetchall()
    begins = [int(start) for (start,) in starts]
    ends = [*(begin - 1 for begin in begins[1:]), last]
    draw(steps, "int_log_rounds", ["first_event", "last_event"], [begins, ends])
    found = steps.result_of("py_paths", "*")
    assert found == steps.con.execute(PATHS).fetchall()
    assert len(begins) == parts


def test_no_journey_has_no_transition_and_no_path(
    given: Given, result_of: ResultOf
) -> None:
    given(
        int_steps={"event_number": []},
        int_log_rounds={"first_event": []},
        int_slices={"slice_code": []},
    )
    assert result_of("py_transitions", "*") == []
    assert result_of("py_paths", "*") == []


def draw(
    bench: Bench, table: str, names: list[str], columns: Iterable[Sequence[object]]
) -> None:
    """Make a table as it is: a drawing would have texts for some of these numbers."""
    rows = {name: list(column) for name, column in zip(names, columns, strict=True)}
    write_arrow(bench.con, table, pa.table(rows))
    bench.drawn.add(table)
    bench.made = set()
