"""The Markov model of attribution: how many conversions fail without a channel.

From the start, each touch leads to the next channel or to the end with a probability
that depends on its channel only. Without a channel, all that comes to it is lost.
"""

import numpy as np

from journeymine.attribution.replicates import Integers, Values


def removal_shares(links: Integers) -> Values:
    """Return the share of each channel in the effects of removing one.

    What converts without ever being at channel c is what converts, less what gets to c
    and converts from there: no second matrix is needed. The chance to get to c is the
    mean number of visits, over that of visits once there.

    Parameters
    ----------
    links
        Shape (..., 1 + n_channels, n_channels + 2): how often the start, and then each
        channel, led to each channel, to a conversion, to an end without one.

    Returns
    -------
    numpy.ndarray
        Shape (..., n_channels); rows sum to 1, or are 0 where nothing converts.
    """
    channels = links.shape[-2] - 1
    chances = links / np.maximum(links.sum(axis=-1, keepdims=True), 1)
    steps = chances[..., 1:, :channels]
    visits = np.linalg.inv(np.eye(channels) - steps)
    converts = (visits * chances[..., None, 1:, channels]).sum(axis=-1)
    from_start = (chances[..., 0, :channels, None] * visits).sum(axis=-2)
    reached = from_start / np.diagonal(visits, axis1=-2, axis2=-1)
    effects = np.maximum(reached * converts, 0)
    whole = effects.sum(axis=-1, keepdims=True)
    shares: Values = np.divide(effects, whole, out=effects, where=whole > 0)
    return shares


def parted(shares: Values, whole: Integers) -> Integers:
    """Return shares of wholes in whole parts that add up to them.

    Parameters
    ----------
    shares
        Shape (..., n_channels).
    whole
        Shape (...).
    """
    reached = np.cumsum(shares, axis=-1)
    last = np.where(reached[..., -1:] > 0, reached[..., -1:], 1)
    parts = np.rint(reached / last * whole[..., None]).astype(np.int64)
    return np.diff(parts, axis=-1, prepend=0)
