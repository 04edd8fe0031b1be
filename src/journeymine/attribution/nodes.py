"""The nodes of the build graph that make attribution."""

from journeymine.attribution.step import make_attribution
from journeymine.plan import Step

STEPS = (
    Step(
        "py_attribution",
        reads=(
            "int_attribution_credits",
            "int_attribution_links",
            "int_touch_channels",
            "int_customers",
            "int_slices",
        ),
        make=make_attribution,
    ),
)
