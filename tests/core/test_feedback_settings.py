"""Which feedback can be read, and how another one is refused."""

from pathlib import Path

import pytest
from tests.core.test_config import GOOD, loaded, refused


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ("", "scale: missing; add it, for example [1, 5]"),
        ("scale = [5, 1]", "scale: the first number must be the smaller one"),
        (
            "scale = [0, 1]",
            'scale: all would be the top two boxes; choose kind = "stars"',
        ),
        (
            'kind = "nps"\nscale = [1, 10]',
            "scale: NPS is asked from 0 to 10; write [0, 10]",
        ),
        (
            'kind = "ces"\nscale = [1, 7]',
            "high_is_good: missing; write true if a high score means little effort,"
            " false if it means much",
        ),
        (
            'kind = "nps"\nhigh_is_good = false',
            "high_is_good: kind 'nps' has no direction; remove it",
        ),
        (
            'kind = "thumbs"',
            "values: missing; add them, for example { good = 1, bad = -1 }",
        ),
        (
            'kind = "thumbs"\nvalues = { Up = 1, up = -1 }',
            "values: two words differ only in capitals; keep one of them",
        ),
        (
            "scale = [1, 5]\nvalues = { good = 1 }",
            'values: are of kind = "thumbs" only; remove them',
        ),
        (
            'kind = "text"\ntext = "body"\nscale = [1, 5]',
            "scale: kind 'text' has none; remove it",
        ),
        (
            'kind = "text"',
            "text: missing; name the attribute that holds the words",
        ),
        (
            'scale = [1, 5]\nlanguage = "en"',
            "language: there is no text; name its attribute as text",
        ),
        (
            'scale = [1, 5]\ntext = "t"\nlanguage = "en"\nlanguage_attribute = "l"',
            "language_attribute: stands beside language; keep one of them",
        ),
    ],
)
def test_a_feedback_that_cannot_be_read_is_refused(
    settings: str, problem: str, tmp_path: Path
) -> None:
    told = refused(tmp_path, f'{GOOD}[feedback.x]\nactivity = "a"\n{settings}')
    assert told == f"feedback.x: {problem}"


def test_the_scale_of_nps_need_not_be_told(tmp_path: Path) -> None:
    told = '[feedback.x]\nactivity = "a"\nkind = "nps"'
    assert loaded(tmp_path, GOOD + told).feedback["x"].range == (0, 10)
