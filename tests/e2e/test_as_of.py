"""What was seen only later does not reach a snapshot as of an earlier time."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.e2e.running import Published, ran

START = datetime(2024, 1, 1, tzinfo=UTC)
AS_OF = START + timedelta(days=40)

PROJECT = f"""\
[project]
name = "Past"
output = "out"
as_of = {AS_OF:%Y-%m-%dT%H:%M:%SZ}

[sources.web]
format = "csv"
path = "events.csv"
columns = {{ occurred_at = "at", activity = "what" }}
identifiers = {{ anonymous_id = "cookie", user_id = "user", email = "email" }}

[journey]
goal = ["buy"]

[funnels.sale]
steps = ["view", "cart", "buy"]

[identity]
largest = 5
"""


def records() -> list[tuple[datetime, str]]:
    """Return events, a time and the rest of its row each: much is joined only late."""
    rng = random.Random(4)
    rows = []
    for _ in range(1500):
        person = rng.randrange(250)
        cookie = f"c{rng.choice((person, person, person + 300))}"
        user = rng.choice(("", f"u{person}"))
        mail = rng.choice(("", "", f"p{person // 2}@x.y", "info@x.y"))
        what = rng.choice(("view", "view", "cart", "buy"))
        at = START + timedelta(seconds=rng.randrange(80 * 86_400))
        rows.append((at, f"{cookie},{user},{mail},{what}"))
    return [*rows, (AS_OF, "c1,u1,,view"), (AS_OF + timedelta(seconds=1), "c1,u9,,buy")]


def publish(folder: Path, rows: list[tuple[datetime, str]]) -> Published:
    folder.mkdir()
    lines = [
        "at,cookie,user,email,what",
        *(f"{at.isoformat()},{row}" for at, row in rows),
    ]
    (folder / "events.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    project = folder / "journeymine.toml"
    project.write_text(PROJECT, encoding="utf-8")
    return ran(project, folder / "out")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Publish all events, as of a time in their midst."""
    return publish(tmp_path_factory.mktemp("past") / "whole", records())


def test_a_run_as_of_the_past_equals_a_run_on_the_data_of_then(
    whole: Published, tmp_path: Path
) -> None:
    then = publish(tmp_path / "then", [row for row in records() if row[0] <= AS_OF])
    assert whole.hashes() == then.hashes()


def test_what_the_past_does_not_know_yet_would_change_it(whole: Published) -> None:
    seen = whole.rows("select max(first_at) from dim_identities")
    assert seen[0][0] <= AS_OF
    assert whole.rows("select count(*) > 10 from fct_identity_audit") == [(True,)]
    ((known,),) = whole.rows("select count(*) from dim_identities")
    assert known < len({cell for _, row in records() for cell in row.split(",")[:3]})
