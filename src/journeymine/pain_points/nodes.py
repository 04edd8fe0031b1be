"""The nodes of the build graph that make pain points and scenarios."""

from journeymine.pain_points import make_pain_points, make_scenarios
from journeymine.plan import Step

STEPS = (
    Step(
        "py_pain_points",
        reads=(
            "int_funnel_losses",
            "int_loss_sums",
            "int_log_rounds",
            "int_steps",
            "int_slices",
            "int_slice_sets",
            "int_experience",
            "int_journeys",
            "int_activities",
            "py_transitions",
            "fct_chain",
            "fct_transitions",
        ),
        make=make_pain_points,
    ),
    Step("py_scenarios", reads=("int_drop_off_counts",), make=make_scenarios),
)
