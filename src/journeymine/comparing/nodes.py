"""The nodes of the build graph that make comparisons and drift."""

from journeymine.comparing import make_differences, make_distances, make_drift
from journeymine.plan import Step

STEPS = (
    Step("py_compared", reads=("int_compared_sums",), make=make_differences),
    Step(
        "py_compared_distances",
        reads=("int_compared_variants",),
        make=make_distances,
    ),
    Step(
        "py_drift",
        reads=("int_drift_counts", "int_drift_sums"),
        make=make_drift,
    ),
)
