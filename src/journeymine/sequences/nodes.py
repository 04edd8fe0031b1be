"""The nodes of the build graph that make sequences."""

from journeymine.plan import Step
from journeymine.sequences.differences import make_subsequence_tests
from journeymine.sequences.follows import make_follows
from journeymine.sequences.subsequences import make_subsequences

STEPS = (
    Step(
        "py_follows",
        reads=("int_journey_paths", "int_journeys", "int_unit_slices", "int_slices"),
        make=make_follows,
    ),
    Step(
        "py_subsequence_sums",
        reads=("int_journey_paths", "int_journeys", "int_unit_slices", "int_slices"),
        make=make_subsequences,
    ),
    Step(
        "py_subsequence_tests",
        reads=("int_subsequences",),
        make=make_subsequence_tests,
    ),
)
