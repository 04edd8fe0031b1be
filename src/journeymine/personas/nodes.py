"""The nodes of the build graph that make personas."""

from journeymine.personas import (
    make_contrasts,
    make_offers,
    make_personas,
    make_typical,
)
from journeymine.plan import Step

STEPS = (
    Step(
        "py_personas",
        reads=("int_customer_features", "int_features", "int_customers"),
        make=make_personas,
    ),
    Step("py_persona_contrasts", reads=("int_persona_sums",), make=make_contrasts),
    Step("py_persona_typical", reads=("int_persona_variants",), make=make_typical),
    Step("py_persona_offers", reads=("int_persona_segments",), make=make_offers),
)
