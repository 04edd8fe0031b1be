from datetime import UTC, datetime

import pytest

from journeymine.report import words


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 s"),
        (22, "22 s"),
        (78, "1.3 min"),
        (720, "12 min"),
        (3600, "1 h"),
        (9000, "2.5 h"),
        (50 * 86400, "50 d"),
        (None, words.NOTHING),
    ],
)
def test_a_duration_has_two_digits_that_matter(
    seconds: float | None, written: str
) -> None:
    assert words.duration(seconds).replace(words.SPACE, " ") == written


def test_a_rate_of_few_cases_has_no_decimals() -> None:
    assert words.percent(0.1234, 29) == "12%"
    assert words.percent(0.1234, 30) == "12.3%"


def test_a_negative_number_has_a_real_minus_sign() -> None:
    assert words.signed(-0.333) == f"{words.MINUS}0.33"
    assert words.signed(-0.001) == "0.00"
    assert words.signed(0.25) == "+0.25"


def test_money_is_rounded_only_when_it_is_much() -> None:
    assert words.money(1234.5, "EUR") == "€1,234"
    assert words.money(51_240, "EUR") == "about €51k"
    assert words.money(None, "EUR") == ""


def test_text_is_cut_at_a_word() -> None:
    assert words.shorten("Card refused three times today", 20) == "Card refused three…"
    assert words.shorten("short", 20) == "short"


def test_a_day_is_one_of_the_projects_zone() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert words.day(late, "Europe/Berlin") == "1 July 2026"


def test_what_is_there_is_never_written_as_none() -> None:
    assert [words.rough(share) for share in (0, 0.004, 0.006, 1)] == [
        "0%",
        "<1%",
        "1%",
        "100%",
    ]


def test_what_has_no_name_is_told_in_words() -> None:
    assert words.label("(none)") == "No value"
    assert words.label("(other)") == "All others"
