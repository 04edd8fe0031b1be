"""The nodes of the build graph that make curves."""

from journeymine.estimation.attempts import make_churn_survival, make_incidences
from journeymine.estimation.funnels import make_funnel_curves
from journeymine.plan import Step

STEPS = (
    Step(
        "py_funnel_curves",
        reads=("int_funnel_clocks", "int_funnel_slices", "int_slices"),
        make=make_funnel_curves,
    ),
    Step(
        "py_attempt_incidence",
        reads=("int_attempt_slices", "int_slices", "py_attempt_timeouts"),
        make=make_incidences,
    ),
    Step(
        "py_churn_survival",
        reads=("int_spells", "int_unit_slices", "int_slices", "py_churn_horizon"),
        make=make_churn_survival,
    ),
)
