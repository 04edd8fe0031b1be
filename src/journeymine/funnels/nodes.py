"""The nodes of the build graph that make funnels."""

from journeymine.funnels import make_own_units, make_units
from journeymine.plan import Step

STEPS = (
    Step(
        "py_funnel_units",
        reads=(
            "int_unit_events",
            "int_funnel_roles",
            "int_funnel_holds",
            "py_watermarks",
        ),
        make=make_units,
    ),
    Step(
        "py_funnel_own_units",
        reads=(
            "int_unit_events",
            "int_funnel_roles",
            "int_funnel_holds",
            "py_watermarks",
        ),
        make=make_own_units,
    ),
)
