"""The nodes of the build graph that make paths."""

from journeymine.paths import make_paths, make_transitions
from journeymine.plan import Step

STEPS = (
    Step("py_paths", reads=("int_log_rounds", "int_steps"), make=make_paths),
    Step("py_transitions", reads=("int_steps", "int_slices"), make=make_transitions),
)
