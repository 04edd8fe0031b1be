"""Random halves of customers, who do not differ but by chance."""

import numpy as np
from numpy.typing import NDArray

from journeymine.comparing.differences import Crossed, differences
from journeymine.comparison import q_values
from journeymine.personas.contrasts import Sums


def halves(seed: int) -> NDArray[np.float64]:
    """Return the q-values of transitions between random halves of customers.

    Customers differ in what they like, and some do a hundred times as much as others.
    """
    rng = np.random.default_rng(seed)
    customers, ways = 600, 8
    likes = rng.dirichlet(np.full(ways, 0.5), (customers, 12))
    visits = rng.geometric(0.3, (customers, 12)) * rng.choice(
        [1, 1, 1, 9], (customers, 1)
    )
    visits = visits * (rng.random((customers, 12)) < rng.random(12))
    went = rng.multinomial(visits, likes).reshape(customers, -1).astype(float)
    came = np.repeat(visits, ways, axis=1).astype(float)
    is_a = rng.random(customers) < 0.5
    a, b = (
        Sums(
            *((x > 0).sum(axis=0).astype(float), x.sum(axis=0), y.sum(axis=0)),
            *((x * x).sum(axis=0), (x * y).sum(axis=0), (y * y).sum(axis=0)),
        )
        for side in (is_a, ~is_a)
        for x, y in [(came[side], went[side])]
    )
    nothing = np.zeros(came.shape[1])
    return q_values(differences(a, b, Crossed(*[nothing] * 4)).p)
