"""Rows that arrive in any order, over any number of loads, give the tables of one."""

import random
from pathlib import Path

import pytest
from tests.e2e.running import Published, ran

from journeymine import load_config
from journeymine.workflow import ingest, publish_run

PROJECT = """\
[project]
name = "Loads"
output = "out"

[sources.web]
format = "csv"
path = "drop/*.csv"
identifiers = { user_id = "user" }

[sources.web.columns]
event_id = "id"
occurred_at = "at"
activity = "what"
version = "version"
amount = "amount"

[journey]
goal = ["buy"]

[funnels.sale]
steps = ["view", "cart", "buy"]

[retention]
period = "week"

[churn]
kind = "non-contractual"
"""
HEADER = "id,user,at,what,version,amount"
ROWS = 3_000


@pytest.fixture(scope="module")
def rows() -> list[str]:
    """Rows of which some repeat others: the same, newer, or in conflict."""
    dice = random.Random(7)
    found = []
    for number in range(ROWS):
        day, minute = dice.randint(1, 28), dice.randrange(1440)
        time = f"{minute // 60:02}:{minute % 60:02}"
        at = f"2024-0{dice.randint(1, 6)}-{day:02}T{time}:00Z"
        what = dice.choice(["view", "view", "cart", "buy"])
        user = f"u{dice.randrange(200)}"
        found.append(f"e{number},{user},{at},{what},1,{dice.randrange(90)}")
        if dice.random() < 0.1:  # told again, by another version or none better
            version = dice.choice([0, 1, 2])
            found.append(f"e{number},{user},{at},view,{version},{dice.randrange(90)}")
    return found


@pytest.fixture(scope="module")
def at_once(
    rows: list[str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The tables of one load of all rows."""
    folder = tmp_path_factory.mktemp("at_once")
    return ran(_written(folder, {"all.csv": rows}), folder / "out").hashes()


@pytest.mark.parametrize("seed", range(3))
def test_any_number_of_loads_in_any_order_is_one_load(rows, at_once, tmp_path, seed):
    dice = random.Random(seed)
    missing = rows.copy()
    dice.shuffle(missing)
    files: dict[str, list[str]] = {}
    while missing:
        count = dice.randint(1, ROWS // 3)
        late, missing = missing[:count], missing[count:]
        again = dice.sample(rows, 20)  # and some that may have come before
        if files and dice.random() < 0.5:  # a file that grew
            files[dice.choice(sorted(files))] += late + again
        else:
            files[f"{dice.randrange(10**6)}.csv"] = late + again
        if len(files) > 1 and dice.random() < 0.3:  # one that is cleared away
            kept = dice.choice(sorted(files))
            files.pop(kept)
            (tmp_path / "drop" / kept).unlink()
        project = _written(tmp_path, files)
        ingest(load_config(project), "web")
    publish_run(load_config(project))
    assert Published(tmp_path / "out").hashes() == at_once


def test_a_late_row_changes_the_day_that_it_belongs_to(tmp_path):
    early = ["e1,u1,2024-01-01T10:00:00Z,view,1,", "e2,u1,2024-03-01T10:00:00Z,view,1,"]
    published = ran(_written(tmp_path, {"a.csv": early}), tmp_path / "out")
    entered = """
        select entered from fct_funnel
        where persona = 'all' and segment = 'month' and segment_value = '2024-01'
            and step_index = 1
    """
    assert published.rows(entered) == [(1,)]
    late = ["e0,u2,2024-01-02T10:00:00Z,view,1,"]
    ran(_written(tmp_path, {"late.csv": late}), tmp_path / "out")
    assert published.rows(entered) == [(2,)]


def _written(folder: Path, files: dict[str, list[str]]) -> Path:
    """Write files of rows, and return the project that reads them."""
    (folder / "drop").mkdir(exist_ok=True)
    for name, rows in files.items():
        text = "\n".join([HEADER, *rows, ""])
        (folder / "drop" / name).write_text(text, encoding="utf-8")
    project = folder / "journeymine.toml"
    project.write_text(PROJECT, encoding="utf-8")
    return project
