"""The nodes of the build graph that make process models."""

from journeymine.mining.process_models import make_process_models
from journeymine.plan import Step

STEPS = (
    Step(
        "py_process_models",
        reads=("int_model_arcs", "int_model_variants"),
        make=make_process_models,
    ),
)
