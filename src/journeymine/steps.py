"""The nodes of the build graph that are computed in Python."""

from journeymine.attribution.step import make_attribution
from journeymine.churn_risk import make_churn_risk, make_churn_trials
from journeymine.clock import make_inactivity, make_watermarks
from journeymine.comparing import make_differences, make_distances, make_drift
from journeymine.comparison import make_drop_off_tests
from journeymine.conformance.effects import make_effects
from journeymine.conformance.step import make_alignments, make_symbols
from journeymine.drivers import make_attempts, make_drivers, make_exposures
from journeymine.estimation.attempts import make_churn_survival, make_incidences
from journeymine.estimation.funnels import make_funnel_curves
from journeymine.funnels import make_own_units, make_units
from journeymine.horizons import make_attempt_timeouts, make_churn_horizon
from journeymine.identity import (
    make_bridges,
    make_components,
    make_joins,
    make_set_edges,
)
from journeymine.identity_history import make_former_identities
from journeymine.identity_links import make_probable_links
from journeymine.kpis.changes import make_changes
from journeymine.kpis.entries import make_entries
from journeymine.kpis.projections import make_projections
from journeymine.kpis.sums import make_sums
from journeymine.lifecycle import make_lifecycle_pairs
from journeymine.loads import make_places
from journeymine.mining.process_models import make_process_models
from journeymine.pain_points import make_pain_points, make_scenarios
from journeymine.paths import make_paths, make_transitions
from journeymine.patterns.matches import make_pattern_matches
from journeymine.personas import (
    make_contrasts,
    make_offers,
    make_personas,
    make_typical,
)
from journeymine.plan import Step
from journeymine.prediction import make_predictions, make_trials
from journeymine.rules import make_ruled_events
from journeymine.run_facts import make_run
from journeymine.sentiment import make_text_sentiment
from journeymine.sequences.differences import make_subsequence_tests
from journeymine.sequences.follows import make_follows
from journeymine.sequences.subsequences import make_subsequences
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
    Step(
        "py_personas",
        reads=("int_customer_features", "int_features", "int_customers"),
        make=make_personas,
    ),
    Step("py_persona_contrasts", reads=("int_persona_sums",), make=make_contrasts),
    Step("py_persona_typical", reads=("int_persona_variants",), make=make_typical),
    Step("py_persona_offers", reads=("int_persona_segments",), make=make_offers),
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
    Step(
        "py_funnel_curves",
        reads=("int_funnel_clocks", "int_funnel_slices", "int_slices"),
        make=make_funnel_curves,
    ),
    Step("py_compared", reads=("int_compared_sums",), make=make_differences),
    Step(
        "py_compared_distances",
        reads=("int_compared_variants",),
        make=make_distances,
    ),
    Step(
        "py_drift",
        reads=("int_drift_counts", "int_drift_sums"),
        make=make_drift,
    ),
    Step(
        "py_driver_attempts",
        reads=("int_unit_events", "int_funnel_roles", "int_funnel_holds"),
        make=make_attempts,
    ),
    Step(
        "py_driver_activities",
        reads=(
            *("int_driver_landmarks", "int_event_log"),
            *("int_event_segments", "int_unit_events"),
        ),
        make=make_exposures,
    ),
    Step(
        "py_drivers",
        reads=("int_activities", "int_driver_landmarks", "py_driver_activities"),
        make=make_drivers,
    ),
    Step("py_drop_off_tests", reads=("int_drop_off_counts",), make=make_drop_off_tests),
    Step(
        "py_pattern_matches",
        reads=("int_pattern_paths",),
        make=make_pattern_matches,
    ),
    Step(
        "py_follows",
        reads=("int_journey_paths", "int_journeys", "int_unit_slices", "int_slices"),
        make=make_follows,
    ),
    Step(
        "py_subsequence_sums",
        reads=("int_journey_paths", "int_journeys", "int_unit_slices", "int_slices"),
        make=make_subsequences,
    ),
    Step(
        "py_subsequence_tests",
        reads=("int_subsequences",),
        make=make_subsequence_tests,
    ),
    Step("py_paths", reads=("int_log_rounds", "int_steps"), make=make_paths),
    Step("py_transitions", reads=("int_steps", "int_slices"), make=make_transitions),
    Step("py_stages", reads=("int_journey_stages", "int_slices"), make=make_stages),
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
    Step("py_churn_trials", reads=("int_churn_states",), make=make_churn_trials),
    Step(
        "py_churn_risk",
        reads=("int_churn_states", "py_churn_trials"),
        make=make_churn_risk,
    ),
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
    Step("py_text_sentiment", reads=("int_feedback",), make=make_text_sentiment),
    Step(
        "py_process_models",
        reads=("int_model_arcs", "int_model_variants"),
        make=make_process_models,
    ),
    Step(
        "py_expected_symbols",
        reads=("int_steps", "int_activities"),
        make=make_symbols,
    ),
    Step(
        "py_alignments",
        reads=("int_expected_variants", "py_expected_symbols"),
        make=make_alignments,
    ),
    Step("py_deviation_effects", reads=("int_deviation_sums",), make=make_effects),
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
    Step(
        "py_kpi_entries",
        reads=(
            "int_unit_events",
            "int_funnel_roles",
            "int_funnel_holds",
            "int_kpi_periods",
        ),
        make=make_entries,
    ),
    Step(
        "py_kpi_sums",
        reads=(
            *("int_kpi_cases", "int_kpi_units", "int_kpi_periods"),
            *("int_kpi_sets", "int_slices"),
        ),
        make=make_sums,
    ),
    Step(
        "py_kpi_changes",
        reads=("int_kpis", "int_kpi_periods", "py_kpi_sums"),
        make=make_changes,
    ),
    Step("py_kpi_projections", reads=("int_kpis",), make=make_projections),
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
)

STEPS = {step.name: step for step in _STEPS}
