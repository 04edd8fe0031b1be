"""Numerical libraries on one thread, so that sums are taken in one order."""

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]


@contextmanager
def on_one_thread() -> Iterator[None]:
    """Hold scikit-learn and the libraries below it to one thread."""
    # A limit holds for what is loaded already. Loading takes a second, and not every
    # command clusters.
    import sklearn.cluster  # noqa: PLC0415
    import sklearn.metrics  # noqa: F401, PLC0415

    with threadpool_limits(limits=1):
        yield
