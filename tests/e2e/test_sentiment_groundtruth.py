"""Sentiment against what 20 people each felt about 23,703 English snippets.

Hutto and Gilbert (2014). The authors of VADER made both, and its lexicon is best for
tweets. Measured: see docs/experience.md.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from journeymine import sentiment
from journeymine.sentiment import scored

pytestmark = pytest.mark.skipif(
    not sentiment.is_available(), reason="the extra `sentiment` is missing"
)
Ratings = tuple[NDArray[np.float64], NDArray[np.float64]]
"""What people felt, -1 to 1, and the score of the text, NaN where it says neither."""

FILES = {
    # file: at least this correlation, this share of signs right, this of groups of 30
    "amazonReviewSnippets": (0.55, 0.80, 0.90),
    "tweets": (0.84, 0.97, 0.97),
    "movieReviewSnippets": (0.38, 0.65, 0.75),
    "nytEditorialSnippets": (0.45, 0.76, 0.85),
}


@pytest.fixture(scope="module")
def rated(logs: Path) -> Callable[[str], Ratings]:
    """Return a function that reads a file, each snippet with its rating and score."""
    folder = logs / "sentiment_vader_groundtruth"
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent")

    def read(name: str) -> Ratings:
        text = (folder / f"{name}_GroundTruth.txt").read_text(encoding="latin-1")
        rows = [line.split("\t") for line in text.split("\n") if line]
        found = scored([row[2] for row in rows], ["en"] * len(rows))
        scores = [
            np.nan if one.millionths is None else one.millionths / 1e6 for one in found
        ]
        return np.array([float(row[1]) / 4 for row in rows]), np.array(scores)

    return read


@pytest.mark.parametrize("name", FILES)
def test_sentiment_is_mostly_that_of_people(
    name: str, rated: Callable[[str], Ratings]
) -> None:
    felt, score = rated(name)
    says = ~np.isnan(score)
    felt, score = felt[says], score[says]
    correlation, signs, groups = FILES[name]
    assert np.corrcoef(felt, score)[0, 1] > correlation
    # Half a point on the scale of -4 to 4 is a clear feeling.
    clear = np.abs(felt) >= 0.125
    assert (np.sign(felt) == np.sign(score))[clear].mean() > signs
    assert abs(score.mean() - felt.mean()) < 0.05  # the centre is where people's is
    assert of_groups(felt, score) > groups


def of_groups(felt: NDArray[np.float64], score: NDArray[np.float64]) -> float:
    """Return the correlation of means of 30 texts, of groups that differ in mood."""
    rng = np.random.default_rng(0)
    good, bad = np.flatnonzero(felt > 0), np.flatnonzero(felt <= 0)
    means = []
    for _ in range(400):
        happy = rng.binomial(30, rng.random())
        chosen = np.r_[rng.choice(good, happy), rng.choice(bad, 30 - happy)]
        means.append((felt[chosen].mean(), score[chosen].mean()))
    return float(np.corrcoef(np.array(means).T)[0, 1])
