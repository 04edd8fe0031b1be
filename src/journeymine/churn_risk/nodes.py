"""The nodes of the build graph that make churn risk."""

from journeymine.churn_risk import make_churn_risk, make_churn_trials
from journeymine.plan import Step

STEPS = (
    Step("py_churn_trials", reads=("int_churn_states",), make=make_churn_trials),
    Step(
        "py_churn_risk",
        reads=("int_churn_states", "py_churn_trials"),
        make=make_churn_risk,
    ),
)
