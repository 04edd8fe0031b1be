"""The nodes of the build graph that make the expected journey."""

from journeymine.conformance.effects import make_effects
from journeymine.conformance.step import make_alignments, make_symbols
from journeymine.plan import Step

STEPS = (
    Step(
        "py_expected_symbols",
        reads=("int_steps", "int_activities"),
        make=make_symbols,
    ),
    Step(
        "py_alignments",
        reads=("int_expected_variants", "py_expected_symbols"),
        make=make_alignments,
    ),
    Step("py_deviation_effects", reads=("int_deviation_sums",), make=make_effects),
)
