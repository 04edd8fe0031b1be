"""The nodes of the build graph that are computed in Python: each room tells its own."""

from journeymine.attribution import nodes as attribution
from journeymine.churn_risk import nodes as churn_risk
from journeymine.clock import make_inactivity, make_watermarks
from journeymine.comparing import nodes as comparing
from journeymine.comparison import make_drop_off_tests
from journeymine.conformance import nodes as conformance
from journeymine.drivers import nodes as drivers
from journeymine.estimation import nodes as estimation
from journeymine.funnels import nodes as funnels
from journeymine.horizons import make_attempt_timeouts, make_churn_horizon
from journeymine.identity import (
    make_bridges,
    make_components,
    make_joins,
    make_set_edges,
)
from journeymine.identity_history import make_former_identities
from journeymine.identity_links import make_probable_links
from journeymine.kpis import nodes as kpis
from journeymine.lifecycle import make_lifecycle_pairs
from journeymine.loads import make_places
from journeymine.mining import nodes as mining
from journeymine.pain_points import nodes as pain_points
from journeymine.paths import nodes as paths
from journeymine.patterns import nodes as patterns
from journeymine.personas import nodes as personas
from journeymine.plan import Step
from journeymine.prediction import nodes as prediction
from journeymine.rules import make_ruled_events
from journeymine.run_facts import make_run
from journeymine.sentiment import make_text_sentiment
from journeymine.sequences import nodes as sequences
from journeymine.stages import make_stages
from journeymine.staging import stacking

_STEPS = (
    *stacking(),
    Step("py_places", reads=("int_rejected",), make=make_places),
    Step(
        "py_watermarks",
        reads=("int_kept",),
        make=make_watermarks,
        sets=("as_of", "as_of_us"),
    ),
    Step(
        "py_lifecycle_pairs",
        reads=("int_lifecycle_moves",),
        make=make_lifecycle_pairs,
    ),
    Step(
        "py_set_edges",
        reads=("int_identifiers", "int_identifier_links", "int_identity_cuts"),
        make=make_set_edges,
    ),
    Step(
        "py_probable_links",
        reads=("int_events", "int_identifiers"),
        make=make_probable_links,
    ),
    Step(
        "py_identity_bridges",
        reads=("int_identifiers", "int_identity_edges"),
        make=make_bridges,
    ),
    Step(
        "py_components",
        reads=("int_identifiers", "int_identity_edges", "py_identity_bridges"),
        make=make_components,
    ),
    Step(
        "py_identity_joins",
        reads=("int_identifiers", "int_identity_edges", "py_identity_bridges"),
        make=make_joins,
    ),
    Step("py_former_identities", reads=(), make=make_former_identities),
    Step("py_ruled_events", reads=("int_events",), make=make_ruled_events),
    Step(
        "py_inactivity",
        reads=("int_sessions", "py_watermarks"),
        make=make_inactivity,
        sets=("inactivity_us",),
    ),
    Step(
        "py_attempt_timeouts",
        reads=("int_attempt_gaps",),
        make=make_attempt_timeouts,
    ),
    Step(
        "py_churn_horizon",
        reads=("int_event_log", "py_watermarks"),
        make=make_churn_horizon,
        sets=("churn_horizon_us",),
    ),
    Step("py_drop_off_tests", reads=("int_drop_off_counts",), make=make_drop_off_tests),
    Step("py_stages", reads=("int_journey_stages", "int_slices"), make=make_stages),
    Step("py_text_sentiment", reads=("int_feedback",), make=make_text_sentiment),
    Step(
        "py_run",
        reads=(
            "py_persona_offers",
            "py_watermarks",
            "py_inactivity",
            "py_churn_horizon",
            "py_attempt_timeouts",
            "int_funnel_units",
            "int_identity_confidence",
        ),
        make=make_run,
    ),
    *attribution.STEPS,
    *churn_risk.STEPS,
    *comparing.STEPS,
    *conformance.STEPS,
    *drivers.STEPS,
    *estimation.STEPS,
    *funnels.STEPS,
    *kpis.STEPS,
    *mining.STEPS,
    *pain_points.STEPS,
    *paths.STEPS,
    *patterns.STEPS,
    *personas.STEPS,
    *prediction.STEPS,
    *sequences.STEPS,
)

STEPS = {step.name: step for step in _STEPS}
