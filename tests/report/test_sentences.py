"""The figures in the sentences of the page are cells of the published tables."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest
from tests.e2e.running import Published
from tests.report.passages import Passage, passages
from tests.report.sentences import Figure, figures
from tests.report.witnesses import Witnesses

from journeymine.report import write_report

STRICT = {"", "summary", "quality"}
PROVED, CAUGHT = 0.9, 0.88
EVERY = 6  # of the passages of other sections, one is changed


@dataclass(frozen=True)
class Told:
    """The passages of a page, and the tables that must prove them."""

    passages: list[Passage]
    witnesses: Witnesses

    def share_proved(self) -> float:
        """Return the share of figures that a row proves."""
        told = sum(len(list(figures(one.text))) for one in self.passages)
        lost = sum(len(self.witnesses.unproved(one)) for one in self.passages)
        return 1 - lost / told

    def share_caught(self) -> float:
        """Return the share of figures that are missed when one digit is wrong."""
        found = [
            bool(self.witnesses.unproved(wrong))
            for number, one in enumerate(self.passages)
            if one.section in STRICT or number % EVERY == 0
            for wrong in self.wrong(one)
        ]
        return sum(found) / len(found)

    def wrong(self, one: Passage) -> Iterator[Passage]:
        """Return a passage with one digit changed, of each proved figure in turn."""
        if self.witnesses.unproved(one):
            return
        chance = random.Random(one.text)
        for figure in figures(one.text):
            if figure.text != one.text:
                start, end = figure.at, figure.at + len(figure.text)
                told = one.text[:start] + _changed(figure, chance) + one.text[end:]
                yield replace(one, text=told)


def _changed(figure: Figure, chance: random.Random) -> str:
    # A day may be told with its time, which no checker reads.
    places = [
        place
        for place, letter in enumerate(figure.text.split(":")[0].removesuffix(" 02"))
        if letter.isdigit()
    ]
    place = chance.choice(places)
    other = chance.choice([one for one in "123456789" if one != figure.text[place]])
    return figure.text[:place] + other + figure.text[place + 1 :]


def _told(database: Path, folder: Path) -> Told:
    page = write_report(database, folder).read_text("utf-8")
    return Told(passages(page), Witnesses(database))


@pytest.fixture(scope="module")
def told(sample: Published, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return _told(sample.database, tmp_path_factory.mktemp("told"))


def test_every_figure_of_the_summary_is_a_cell_of_a_row_that_it_names(
    told: Told,
) -> None:
    lost = {
        one.text: [figure.text for figure in told.witnesses.unproved(one)]
        for one in told.passages
        if one.section in STRICT
    }
    assert {text: missed for text, missed in lost.items() if missed} == {}


def test_most_figures_of_the_page_are_cells(told: Told) -> None:
    assert told.share_proved() > PROVED


def test_a_wrong_digit_in_a_sentence_is_caught(told: Told) -> None:
    assert told.share_caught() > CAUGHT


def test_figures_of_a_drawn_shop_are_cells_too(
    shop: Path, page: str, tmp_path: Path
) -> None:
    drawn = Told(passages(page), Witnesses(shop))
    lost = [
        (one.text, figure.text)
        for one in drawn.passages
        if one.section in STRICT
        for figure in drawn.witnesses.unproved(one)
    ]
    assert lost == []


def test_a_wrong_cell_changes_the_sentence(sample: Published, tmp_path: Path) -> None:
    copy = tmp_path / "journeymine.duckdb"
    copy.write_bytes(sample.database.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("update fct_pain_points set observed = 98 where rank = 1")
        con.execute("update fct_kpis set value = 0.4321 where status is not null")
    summary = " ".join(
        one.text
        for one in passages(write_report(copy, tmp_path).read_text("utf-8"))
        if one.section == "summary"
    )
    assert "98 of 160 journeys" in summary
    assert "43.2%" in summary
