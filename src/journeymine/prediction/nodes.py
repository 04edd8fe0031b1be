"""The nodes of the build graph that make prediction."""

from journeymine.plan import Step
from journeymine.prediction import make_predictions, make_trials

STEPS = (
    Step(
        "py_prediction_trials",
        reads=("int_prefixes", "int_activities"),
        make=make_trials,
    ),
    Step(
        "py_predictions",
        reads=("int_prefixes", "int_activities", "py_prediction_trials"),
        make=make_predictions,
    ),
)
