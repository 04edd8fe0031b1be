import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from tests.report.published import columns_of, publish
from tests.report.shop import write_shop

from journeymine.report import write_report

SECTIONS = [
    "summary",
    "map",
    "funnel",
    "paths",
    "leaving",
    "voice",
    "whatif",
    "trends",
    "quality",
    "method",
]
HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


class Outline(HTMLParser):
    """Headings, texts of the summary's figures, and whether tags are balanced."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        # Data in the page stands in elements with a type, which nothing runs.
        self.scripts += tag == "script" and "type" not in dict(attrs)
        assert not [name for name, _ in attrs if name.startswith("on")], attrs
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def plain(text: str) -> str:
    """Return a text without the marks that keep its figures on one line."""
    return text.replace("\N{WORD JOINER}", "").replace("\N{NO-BREAK SPACE}", " ")


def figures(page: str) -> list[list[str]]:
    """Return term, value, evidence and note of each headline figure."""
    (block,) = re.findall(r'<dl class="nums">(.*?)</dl>', page, re.DOTALL)
    return [
        re.findall(r"<d[td][^>]*>(.*?)</d[td]>", part)
        for part in block.split("<div>")[1:]
    ]


def test_every_section_stands_under_its_own_heading(page: str) -> None:
    outline = Outline(page)
    assert re.findall(r'<section class="s" id="(\w+)"', page) == SECTIONS
    assert outline.headings.count(1) == 1
    assert outline.headings.count(2) == len(SECTIONS)
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)


def test_each_headline_figure_is_a_cell_of_a_table(page: str, shop: Path) -> None:
    with duckdb.connect(str(shop), read_only=True) as con:
        rate, low, high, mature = con.sql(
            "select conversion_rate, conversion_rate_low, conversion_rate_high,"
            " entered_mature from fct_funnel where persona = 'all' and step_index = 4"
        ).fetchall()[0]
        won, journeys = con.sql(
            "select count(*) filter (outcome = 'converted'), count(*) from fct_journeys"
        ).fetchall()[0]
    conversion, converted, churn, nps = figures(plain(page))
    dash = "\N{EN DASH}"
    assert conversion[1] == f"{rate:.1%}"
    assert conversion[2] == f"{low * 100:.1f}{dash}{high * 100:.1f}%, n = {mature}"
    assert converted[1] == str(won)
    assert converted[2].startswith(f"of {journeys} journeys")
    assert churn[1:3] == ["25.4%", f"20.3{dash}31.3%, n = 209"]
    assert nps[1:] == [
        "+29",
        "+21 to +37, n = 61",
        "Response rate over all surveys 10.1%",
    ]


def test_a_changed_cell_changes_the_sentence(shop: Path, tmp_path: Path) -> None:
    copy = tmp_path / "journeymine.duckdb"
    copy.write_bytes(shop.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("update fct_funnel set conversion_rate = 0.1234")
    page = write_report(copy, tmp_path).read_text("utf-8")
    assert "12.3% reach “Order completed”" in page


def test_the_worst_drop_offs_are_those_of_the_table(page: str, shop: Path) -> None:
    with duckdb.connect(str(shop), read_only=True) as con:
        worst = con.sql(
            "select persona_name, drop_rate, at_risk from fct_drop_offs"
            " inner join dim_personas using (persona)"
            " order by value_lost desc limit 3"
        ).fetchall()
    items = re.findall(r"<h4>(.*?)</h4><p>(.*?)<", page)[:3]
    for (name, rate, cases), (title, sentence) in zip(worst, items, strict=True):
        assert title.startswith(f"“{name}” leave between")
        decimals = 0 if cases < 30 else 1
        assert sentence.startswith(f"{rate:.{decimals}%} leave here")
        assert f"n = {cases})" in plain(sentence)


def test_reached_and_lost_add_up_to_the_entered_in_every_bar(page: str) -> None:
    entered = {
        key: int(count.replace(",", ""))
        for key, count in re.findall(
            r'data-group="funnel" data-panel="(\w+)".*?of ([\d,]+) customers entered',
            page,
            re.DOTALL,
        )
    }
    bars = re.findall(
        r'aria-label="([\d,]+) reached, ([\d,]+) in progress, ([\d,]+) dropped', page
    )
    sums = [sum(int(part.replace(",", "")) for part in bar) for bar in bars]
    assert sums == [count for count in entered.values() for _ in range(4)]


def test_nothing_points_out_of_the_page(page: str) -> None:
    assert "default-src 'none'" in page
    outside = re.sub(r'xmlns="http://www\.w3\.org/2000/svg"', "", page)
    assert not re.search(r"https?://|//[a-z]+\.|@import|url\((?!#)", outside)


def test_the_same_tables_give_the_same_bytes(shop: Path, tmp_path: Path) -> None:
    first, second = (write_report(shop, tmp_path / name) for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_an_empty_project_says_what_is_missing(tmp_path: Path) -> None:
    database = publish(tmp_path / "journeymine.duckdb", {})
    page = write_report(database, tmp_path).read_text("utf-8")
    assert Outline(page).headings.count(2) == len(SECTIONS)
    for said in ("no customers", "No funnel is defined", "No stages", "mining"):
        assert said in page
    assert page.count('class="big no">Not known') == 3


@pytest.mark.parametrize("table", ["fct_funnel", "fct_experience", "dim_personas"])
def test_a_page_without_one_subject_still_stands(tmp_path: Path, table: str) -> None:
    database = write_shop(tmp_path / "journeymine.duckdb", each=3)
    with duckdb.connect(str(database)) as con:
        con.execute(f"delete from {table}")
        con.execute("delete from fct_drop_offs where $1 = 'fct_funnel'", [table])
    page = write_report(database, tmp_path).read_text("utf-8")
    said = {
        "fct_funnel": "No funnel is defined",
        "fct_experience": "No feedback was given that belongs to a stage",
        "dim_personas": "No groups of customers were found",
    }
    assert said[table] in page
    assert ">nan" not in page
    assert "None" not in re.sub(r"None beyond the expected", "", page)


def test_hostile_names_are_only_text(shop: Path, tmp_path: Path) -> None:
    copy = tmp_path / "journeymine.duckdb"
    copy.write_bytes(shop.read_bytes())
    tables = columns_of(copy)
    with duckdb.connect(str(copy)) as con:
        for table, columns in tables.items():
            for column in _texts(columns):
                con.execute(
                    f"update {table} set {column} = {column} || $hostile"
                    f" where {column} is not null and {column} <> 'all'",
                    {"hostile": HOSTILE},
                )
    page = write_report(copy, tmp_path).read_text("utf-8")
    outline = Outline(page)
    assert outline.scripts == 1
    assert "img" not in outline.tags
    assert "<script>alert" not in page
    assert page.count("alert(") > 20


def _texts(columns: list[tuple[str, str]]) -> list[str]:
    """Return the columns that hold names of the user's, or words of customers."""
    names = "activity step next_step stage text channel persona_name profile reason"
    further = (
        "from_activity to_activity variant first_channel source rule next_activity"
    )
    wanted = {*names.split(), *further.split(), "feedback", "file"}
    return [name for name, kind in columns if kind == "VARCHAR" and name in wanted]
