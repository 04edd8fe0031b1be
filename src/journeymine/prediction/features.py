"""What the models are given of a state: told numbers, last activities, counts."""

from dataclasses import dataclass

import numpy as np

from journeymine.prediction.prefixes import Floats, Integers, Prefixes

MOST_CODES, MOST_COUNTS = 30, 16


@dataclass(frozen=True)
class Features:
    """The activities that have a feature of their own: the most frequent ones.

    Attributes
    ----------
    codes
        Categories of the last activity and of the one before; any other is 0.
    counted
        Activities whose number so far is a feature.
    """

    codes: Integers
    counted: Integers

    @classmethod
    def of(cls, train: Prefixes) -> "Features":
        """Choose the activities by the states to learn from, and by no others."""
        lasts = np.bincount(train.last, minlength=train.counts.shape[1])
        seen = (train.counts > 0).sum(axis=0)
        return cls(_most(lasts, MOST_CODES), _most(seen, MOST_COUNTS))

    @property
    def categories(self) -> list[int]:
        """Columns of the matrix that hold categories."""
        return [0, 1]

    def matrix(self, rows: Prefixes) -> Floats:
        """Return the features of states, shape (n_rows, n_features)."""
        place = np.zeros(rows.counts.shape[1], dtype=np.float64)
        place[self.codes] = np.arange(1, len(self.codes) + 1)
        return np.column_stack(
            [
                place[rows.last],
                place[rows.before],
                rows.told,
                rows.counts[:, self.counted],
            ]
        )


def _most(numbers: Integers, wanted: int) -> Integers:
    """Return the positions of the greatest numbers, none that is 0; ties in order."""
    order = np.argsort(-numbers, kind="stable")[:wanted]
    return np.sort(order[numbers[order] > 0])
