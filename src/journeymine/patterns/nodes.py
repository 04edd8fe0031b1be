"""The nodes of the build graph that make patterns."""

from journeymine.patterns.matches import make_pattern_matches
from journeymine.plan import Step

STEPS = (
    Step(
        "py_pattern_matches",
        reads=("int_pattern_paths",),
        make=make_pattern_matches,
    ),
)
