import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from tests.report.mapped import drawn, note, pain

from journeymine.report import write_report
from journeymine.report.facts import Persona
from journeymine.report.journey_map.efforts import SIZES, Chance, draw_efforts
from journeymine.report.journey_map.empathy import does
from journeymine.report.journey_map.targets import draw_bullet
from journeymine.report.reader import Row


def test_no_opportunity_stands_on_another_and_columns_follow_the_effort() -> None:
    chance = random.Random(4)
    efforts = [*SIZES, "1", "2.5", "10"]
    for _ in range(60):
        drawn_ones = [
            Chance(
                f"O{number}",
                "x",
                chance.choice(efforts),
                value,
                value / 2,
                value * 2,
                "",
            )
            for number in range(1, chance.randint(2, 13))
            for value in [chance.uniform(0.1, 10 ** chance.randint(1, 5))]
        ]
        found = re.findall(r'x="([\d.]+)%" y="([\d.]+)" class="ta"[^>]*>(O\d+)<',
                           str(draw_efforts(drawn_ones)))  # fmt: skip
        places = [float(x) for x, _, _ in found]
        gaps = [b - a for a, b in pairwise(places)]
        assert all(abs(gap - 100 / len(drawn_ones)) < 0.01 for gap in gaps)
        assert all(0 < float(y) < 230 for _, y, _ in found)
        of = {one.tag: one.effort for one in drawn_ones}
        order = [of[tag] for _, _, tag in found]
        expected = sorted(
            order,
            key=lambda size: (size in SIZES, SIZES.index(size) if size in SIZES
                              else float(size)),
        )  # fmt: skip
        assert order == expected


def test_what_a_persona_does_is_what_the_others_do_least() -> None:
    chance = random.Random(9)
    for _ in range(80):
        people = [
            (chance.random() < 0.4, set(chance.sample("abcdef", chance.randint(1, 6))))
            for _ in range(chance.randint(5, 40))
        ]
        own = [acts for is_own, acts in people if is_own]
        others = [acts for is_own, acts in people if not is_own]
        if not own or not others:
            continue
        rows = [
            Row(activity=name, customers=sum(name in acts for acts in own),
                all_customers=sum(name in acts for _, acts in people))
            for name in "abcdef"
        ]  # fmt: skip
        plain = {
            name: sum(name in acts for acts in own) / len(own)
            - sum(name in acts for acts in others) / len(others)
            for name in "abcdef"
        }
        told = does(rows, Persona("p1", "P", len(own), 0.5), len(people))
        gaps = [plain[name.lower()] for name, _ in told]
        best = sorted((gap for gap in plain.values() if gap > 1e-12), reverse=True)
        assert gaps == pytest.approx(best[:3])


@pytest.mark.parametrize(
    ("value", "target", "unit", "bar", "line"),
    [
        (0.25, 0.5, "share", ("0.000%", "25.000%"), "50.000%"),
        (-0.5, 0.0, "emotion", ("25.000%", "25.000%"), "50.000%"),
        (8.0, 4.0, "days", ("0.000%", "80.000%"), "40.000%"),
    ],
)
def test_a_bar_reaches_from_nothing_to_its_value(
    value: float, target: float, unit: str, bar: tuple[str, str], line: str
) -> None:
    drawing = str(draw_bullet(value, target, unit))
    assert f'x="{bar[0]}" y="5" width="{bar[1]}"' in drawing
    assert f'x1="{line}"' in drawing


def test_the_side_by_side_view_names_every_persona_and_stage(tmp_path: Path) -> None:
    found = [pain(1, persona="p2"), pain(2, persona="p1")]
    path = drawn(tmp_path, fct_pain_points=found, fct_notes=[note("n")])
    page = write_report(path, tmp_path).read_text("utf-8")
    (table,) = re.findall(r'<table class="jm side">.*?</table>', page, re.DOTALL)
    assert re.findall(r"<b>(\w+)</b></th>", table) == ["Look", "Pay"]
    names = re.findall(r'<th scope="row"><bdi>(.*?)</bdi>', table)
    assert names == ["All customers", "Hasty", "Careful"]
    assert table.count("Leave after “Card”") == 3
    assert "100%</span>" in table
