-- Every table as a run publishes it; test_published.py says when it is old.

create table dim_activities (
    activity varchar, stage varchar, stage_index integer, actor varchar,
    source_system varchar, channel varchar, touchpoint varchar, is_goal boolean,
    is_exit boolean, feedback varchar, events bigint, customers bigint, first_at
    timestamp with time zone, last_at timestamp with time zone, p50_seconds_to_next
    double
);

create table dim_customers (
    customer_id varchar, persona varchar, first_at timestamp with time zone, last_at
    timestamp with time zone, journeys bigint, is_churned boolean, events bigint,
    sessions bigint, conversions bigint, amount decimal(18,4), identifiers bigint,
    is_identified boolean, identity_confidence double, first_channel varchar, device
    varchar, exits bigint, abandoned bigint, in_progress bigint, entry_touchpoint
    varchar, exit_touchpoint varchar, channel_switches bigint, device_switches
    bigint
);

create table dim_identities (
    identifier_type varchar, identifier varchar, customer_id varchar, first_at
    timestamp with time zone, is_strong boolean, is_cut boolean
);

create table dim_objects (
    object_type varchar, object_id varchar, first_at timestamp with time zone,
    last_at timestamp with time zone, events bigint, journeys bigint, customers
    bigint
);

create table dim_personas (
    persona varchar, persona_name varchar, customers bigint, share double,
    has_structure boolean, profile varchar, silhouette double, traits struct(feature
    varchar, "value" double, overall double, difference double)[], goals
    struct("name" varchar, "share" double, other_share double)[], pain_points
    struct(kind varchar, "name" varchar, "value" double, other_value double, unit
    varchar)[], buying_behaviour struct("name" varchar, "value" double, other_value
    double, unit varchar)[], preferred_channels struct(channel varchar, "share"
    double, lift double)[], typical_variant_id varchar, typical_journey varchar,
    typical_share double, typical_sample double, example_journey_id varchar
);

create table dim_slices (
    unit varchar, unit_id varchar, persona varchar, segments map(varchar, varchar)
);

create table fct_abandonment (
    attempt_kind varchar, persona varchar, segment varchar, segment_value varchar,
    cause varchar, attempts bigint, cumulative_incidence double,
    cumulative_incidence_low double, cumulative_incidence_high double, recoverable
    bigint, recovered bigint, recovered_converted bigint, recovery_rate double,
    recovery_rate_low double, recovery_rate_high double
);

create table fct_abandonment_periods (
    attempt_kind varchar, period varchar, persona varchar, segment varchar,
    segment_value varchar, cause varchar, attempts bigint, cumulative_incidence
    double, cumulative_incidence_low double, cumulative_incidence_high double,
    recoverable bigint, recovered bigint, recovered_converted bigint, recovery_rate
    double, recovery_rate_low double, recovery_rate_high double
);

create table fct_abandonment_times (
    attempt_kind varchar, persona varchar, segment varchar, segment_value varchar,
    cause varchar, seconds double, at_risk bigint, ended bigint,
    cumulative_incidence double, cumulative_incidence_low double,
    cumulative_incidence_high double
);

create table fct_activities (
    persona varchar, segment varchar, segment_value varchar, activity varchar, stage
    varchar, events bigint, aftermath_events bigint, collapsed bigint, journeys
    bigint, customers bigint, starts bigint, ends bigint, open_ends bigint
);

create table fct_anchored_paths (
    anchor varchar, persona varchar, segment varchar, segment_value varchar,
    distance bigint, from_activity varchar, to_activity varchar, direction varchar,
    step_index bigint, journeys bigint, from_others bigint, to_others bigint
);

create table fct_answers (
    event_id varchar, customer_id varchar, feedback varchar, kind varchar,
    is_solicited boolean, answered_at timestamp with time zone, stage varchar,
    touchpoint varchar, is_rating boolean, score decimal(9,3), emotion double,
    weight double, is_top_box boolean
);

create table fct_attempts (
    attempt_kind varchar, attempt_id varchar, customer_id varchar, persona varchar,
    opened_at timestamp with time zone, cause varchar, abandoned_at timestamp with
    time zone, known_at timestamp with time zone, recovered boolean,
    recovered_converted boolean
);

create table fct_attribution (
    persona varchar, segment varchar, segment_value varchar, model varchar, channel
    varchar, credit decimal(18,9), credit_low double, credit_high double,
    credit_share double, conversions bigint, value decimal(18,4), value_low double,
    value_high double, touches bigint, journeys bigint, converted bigint,
    in_progress bigint, spend decimal(18,4), cost_per_conversion double,
    return_on_spend double
);

create table fct_attribution_paths (
    persona varchar, path_index bigint, path varchar, journeys bigint, conversions
    bigint, in_progress bigint, conversion_rate double, conversion_rate_low double,
    conversion_rate_high double, value decimal(18,4), mean_touches double,
    median_days double
);

create table fct_chain (
    persona varchar, from_state varchar, to_state varchar, transitions bigint,
    probability double
);

create table fct_channel_switches (
    persona varchar, segment varchar, segment_value varchar, from_channel varchar,
    to_channel varchar, switches bigint, share double, journeys bigint, customers
    bigint, mean_seconds double, preceded_by struct(activity varchar, switches
    bigint)[], followed_by struct(activity varchar, switches bigint)[]
);

create table fct_channels (
    persona varchar, segment varchar, segment_value varchar, channel varchar, starts
    bigint, open_starts bigint, settled bigint, contained bigint, containment_rate
    double, left_and_came_back bigint, ended_elsewhere bigint, converted bigint,
    contained_converted bigint
);

create table fct_churn (
    period varchar, persona varchar, segment varchar, segment_value varchar, at_risk
    bigint, churned bigint, active bigint, undetermined bigint, resurrected bigint,
    settled bigint, churn_rate double, churn_rate_low double, churn_rate_high double
);

create table fct_churn_hazard (
    persona varchar, segment varchar, segment_value varchar, period_index bigint,
    at_risk bigint, churned bigint, hazard double, hazard_low double, hazard_high
    double, survival double, survival_low double, survival_high double
);

create table fct_churn_risk (
    customer_id varchar, persona varchar, is_open boolean, last_active_at timestamp
    with time zone, known_at timestamp with time zone, risk double, risk_decile
    bigint, reason_1 varchar, contribution_1 double, reason_2 varchar,
    contribution_2 double, reason_3 varchar, contribution_3 double,
    other_contribution double, mean_log_odds double, no_risk_reason varchar
);

create table fct_churn_risk_calibration (
    bin bigint, tried bigint, churned bigint, mean_risk double, churn_rate double,
    churn_rate_low double, churn_rate_high double
);

create table fct_churn_risk_quality (
    basis varchar, learned bigint, tried bigint, churned bigint, churn_rate double,
    mean_risk double, auc double, brier double, log_loss double, gain double,
    gain_low double, gain_high double, has_claim boolean, reason varchar,
    learned_until timestamp with time zone
);

create table fct_comparison_summary (
    comparison varchar, rank bigint, kind varchar, finding varchar, from_activity
    varchar, to_activity varchar, variant_id varchar, label_a varchar, label_b
    varchar, rate_a double, rate_b double, difference double, difference_low double,
    difference_high double, q_value double, per_100 double
);

create table fct_comparison_totals (
    comparison varchar, label_a varchar, label_b varchar, journeys_a bigint,
    journeys_b bigint, customers_a bigint, customers_b bigint, customers_of_both
    bigint, whole_journeys_a bigint, whole_journeys_b bigint, transitions_a bigint,
    transitions_b bigint, cut_transitions_a bigint, cut_transitions_b bigint,
    differing_transitions bigint, differing_variants bigint, earth_movers_distance
    double, coverage_a double, coverage_b double
);

create table fct_comparison_variants (
    comparison varchar, variant_id varchar, variant varchar, variant_index bigint,
    label_a varchar, label_b varchar, journeys_a bigint, journeys_b bigint, share_a
    double, share_b double, difference double, difference_low double,
    difference_high double, q_value double
);

create table fct_comparisons (
    comparison varchar, from_activity varchar, to_activity varchar, label_a varchar,
    label_b varchar, transitions_a bigint, transitions_b bigint, journeys_a bigint,
    journeys_b bigint, customers_a bigint, customers_b bigint, rate_a double, rate_b
    double, difference double, difference_low double, difference_high double,
    q_value double, per_100 double
);

create table fct_conformance (
    persona varchar, segment varchar, segment_value varchar, journeys bigint, judged
    bigint, in_progress bigint, conforming bigint, conforming_share double,
    mean_fitness double, log_fitness double, deviations bigint, skipped bigint,
    unfinished bigint, wrong_order bigint, inserted bigint, forbidden bigint,
    too_late bigint
);

create table fct_conversion (
    funnel varchar, period varchar, persona varchar, segment varchar, segment_value
    varchar, entered bigint, converted bigint, in_progress bigint, entered_mature
    bigint, converted_mature bigint, rate_observed double, rate_observed_low double,
    rate_observed_high double, rate_mature double, rate_mature_low double,
    rate_mature_high double, rate_km double, rate_km_low double, rate_km_high
    double, rate_km_reason varchar, at_risk_at_window bigint, conversion_rate
    double, conversion_rate_low double, conversion_rate_high double,
    conversion_rate_basis varchar, conversion_rate_reason varchar,
    seconds_to_convert_p50 double, seconds_to_convert_p90 double
);

create table fct_deviations (
    persona varchar, segment varchar, segment_value varchar, expected varchar, kind
    varchar, step_index bigint, step varchar, rule varchar, deviations bigint,
    journeys bigint, customers bigint, journeys_share double, settled_with bigint,
    settled_without bigint, conversion_with double, conversion_without double,
    effect double, effect_low double, effect_high double, q_value double, value_lost
    double
);

create table fct_drift (
    persona varchar, segment varchar, segment_value varchar, scope varchar,
    from_activity varchar, to_activity varchar, changed_on date, earliest_on date,
    latest_on date, journeys_before bigint, journeys_after bigint, rate_before
    double, rate_after double, difference double, p_value double, finding varchar
);

create table fct_drivers (
    funnel varchar, persona varchar, segment varchar, segment_value varchar,
    step_index bigint, step varchar, next_step varchar, driver_kind varchar, driver
    varchar, driver_value varchar, units_with bigint, converted_with bigint,
    units_without bigint, converted_without bigint, rate_with double, rate_without
    double, odds_ratio double, odds_ratio_low double, odds_ratio_high double,
    q_value double, driver_rank bigint, finding varchar
);

create table fct_drop_offs (
    funnel varchar, period varchar, persona varchar, segment varchar, segment_value
    varchar, step_index integer, step varchar, next_step varchar, reached bigint,
    in_progress bigint, dropped bigint, at_risk bigint, dropped_at_risk bigint,
    drop_rate double, drop_rate_low double, drop_rate_high double, expected_rate
    double, expected_basis varchar, excess double, value_lost double, q_value
    double, last_activity varchar, went_on bigint, changed_channel bigint,
    fell_silent bigint, went_to_support bigint, median_silence_seconds double,
    next_activity varchar
);

create table fct_event_attributes (
    event_id varchar, attributes varchar, kinds varchar
);

create table fct_event_objects (
    event_id varchar, object_type varchar, object_id varchar, qualifier varchar
);

create table fct_events (
    event_id varchar, customer_id varchar, journey_id varchar, session_id varchar,
    event_index bigint, occurred_at timestamp with time zone, activity varchar,
    touchpoint varchar, channel varchar, stage varchar, actor varchar, source_system
    varchar, source_name varchar, amount decimal(18,4), currency varchar,
    is_aftermath boolean, is_step boolean, time_flag varchar, resource varchar,
    lifecycle varchar, started_at timestamp with time zone, service_seconds double,
    lifecycle_flag varchar
);

create table fct_expected_variants (
    expected varchar, variant_index bigint, variant varchar, ending varchar,
    journeys bigint, share double, cost bigint, fitness double, deviations varchar
);

create table fct_experience (
    level varchar, name varchar, is_solicited boolean, persona varchar, segment
    varchar, segment_value varchar, answers bigint, customers bigint, rating_answers
    bigint, text_answers bigint, invalid bigint, unrated bigint, texts bigint,
    texts_unscored bigint, emotion double, emotion_low double, emotion_high double,
    sent bigint, response_rate double, nps_answers bigint, nps double, nps_low
    double, nps_high double, csat_answers bigint, csat double, csat_low double,
    csat_high double, ces_answers bigint, ces double, ces_low double, ces_high
    double
);

create table fct_experience_periods (
    period varchar, level varchar, name varchar, is_solicited boolean, persona
    varchar, segment varchar, segment_value varchar, answers bigint, customers
    bigint, emotion double, emotion_low double, emotion_high double, sent bigint,
    response_rate double, nps_answers bigint, nps double, nps_low double, nps_high
    double, csat_answers bigint, csat double, csat_low double, csat_high double,
    ces_answers bigint, ces double, ces_low double, ces_high double
);

create table fct_feedback_texts (
    event_id varchar, customer_id varchar, persona varchar, stage varchar,
    touchpoint varchar, answered_at timestamp with time zone, emotion double,
    sentiment double, language varchar, is_solicited boolean, feedback varchar, text
    varchar
);

create table fct_follows (
    persona varchar, segment varchar, segment_value varchar, from_activity varchar,
    to_activity varchar, journeys bigint, customers bigint, share double,
    share_of_from double
);

create table fct_funnel (
    funnel varchar, persona varchar, segment varchar, segment_value varchar,
    step_index integer, step varchar, is_optional boolean, unit varchar,
    window_seconds double, entered bigint, reached bigint, dropped bigint, excluded
    bigint, in_progress bigint, reached_strict bigint, reached_interchangeable
    bigint, entered_mature bigint, reached_mature bigint, rate_observed double,
    rate_observed_low double, rate_observed_high double, rate_mature double,
    rate_mature_low double, rate_mature_high double, rate_km double, rate_km_low
    double, rate_km_high double, rate_km_reason varchar, at_risk_at_window bigint,
    conversion_rate double, conversion_rate_low double, conversion_rate_high double,
    conversion_rate_basis varchar, conversion_rate_reason varchar,
    seconds_to_convert_p50 double, seconds_to_convert_p90 double,
    rate_observed_of_previous double, rate_mature_of_previous double
);

create table fct_funnel_dialects (
    funnel varchar, dialect varchar, persona varchar, segment varchar, segment_value
    varchar, step_index integer, step varchar, reached bigint, reached_own bigint,
    difference bigint, units_gained bigint, units_lost bigint
);

create table fct_funnel_entries (
    funnel varchar, period_kind varchar, period varchar, label varchar, unit_id
    varchar, depth integer, depth_mature integer
);

create table fct_funnel_times (
    funnel varchar, persona varchar, segment varchar, segment_value varchar,
    step_index bigint, seconds double, at_risk bigint, reached bigint, rate_km
    double, rate_km_low double, rate_km_high double, competing double
);

create table fct_funnel_units (
    funnel varchar, unit varchar, unit_id varchar, attempt_index integer,
    customer_id varchar, persona varchar, segments map(varchar, varchar), entered_at
    timestamp with time zone, last_entry_at timestamp with time zone, entry_month
    date, depth integer, depth_strict integer, depth_interchangeable integer,
    depth_mature integer, optional_held bigint, state varchar, last_step_at
    timestamp with time zone, converted_at timestamp with time zone,
    seconds_to_convert double
);

create table fct_identity_audit (
    audit_index bigint, action varchar, reason varchar, identifier_type varchar,
    identifier varchar, other_type varchar, other_identifier varchar, customer_id
    varchar, former_customer_id varchar, source varchar, first_at timestamp with
    time zone, records bigint, values_beside bigint, probability double
);

create table fct_journey_conformance (
    journey_id varchar, expected varchar, steps bigint, cost bigint, fitness double,
    is_conforming boolean, deviations bigint, skipped bigint, unfinished bigint,
    wrong_order bigint, inserted bigint, forbidden bigint, too_late bigint
);

create table fct_journeys (
    journey_id varchar, journey_kind varchar, customer_id varchar, persona varchar,
    journey_index bigint, started_at timestamp with time zone, ended_at timestamp
    with time zone, outcome varchar, exit_cause varchar, events bigint,
    aftermath_events bigint, sessions bigint, duration_seconds double, variant_id
    varchar, channel varchar, goal_amount decimal(18,4), entry_touchpoint varchar,
    exit_touchpoint varchar, channel_switches bigint, device_switches bigint
);

create table fct_kpi_changes (
    metric varchar, period_kind varchar, period varchar, persona varchar, segment
    varchar, segment_value varchar, before varchar, after varchar, n_before bigint,
    n_after bigint, value_before double, value_after double, difference double,
    difference_low double, difference_high double, p_value double, q_value double,
    is_worse boolean, rank bigint
);

create table fct_kpis (
    metric varchar, objective varchar, period_kind varchar, period varchar, persona
    varchar, segment varchar, segment_value varchar, n bigint, customers bigint,
    waiting bigint, value double, value_low double, value_high double, is_final
    boolean, change double, change_low double, change_high double, q_value double,
    owner varchar, target double, target_by date, on_target boolean, projection
    double, projection_low double, projection_high double, status varchar
);

create table fct_notes (
    note_id varchar, kind varchar, text varchar, author varchar, noted_on date,
    owner varchar, effort varchar, status varchar, anchor_kind varchar, anchor
    varchar, anchor_to varchar, persona varchar, place varchar, is_lost boolean
);

create table fct_pain_points (
    rank bigint, kind varchar, funnel varchar, place varchar, persona varchar,
    segment varchar, segment_value varchar, period varchar, customers bigint,
    at_risk bigint, observed double, expected double, expected_basis varchar, excess
    double, excess_low double, excess_high double, uplift double, uplift_low double,
    uplift_high double, p_value double, q_value double, is_significant boolean,
    value_per_conversion double, value double, value_low double, value_high double,
    value_reason varchar, effort double, priority double, also_at varchar[], finding
    varchar, evidence varchar
);

create table fct_patterns (
    pattern varchar, persona varchar, segment varchar, segment_value varchar,
    definition varchar, journeys bigint, share double, customers bigint, converted
    bigint, exited bigint, abandoned bigint, in_progress bigint, conversion_rate
    double, conversion_rate_low double, conversion_rate_high double,
    conversion_rate_without double, conversion_rate_without_low double,
    conversion_rate_without_high double, unknown_activities varchar
);

create table fct_persona_changes (
    change varchar, persona varchar, other varchar, customers bigint, persona_name
    varchar
);

create table fct_persona_offers (
    place bigint, segment varchar, segment_value varchar, strength double, customers
    bigint, share double, settled bigint, converted bigint, conversion_rate double,
    conversion_low double, conversion_high double, other_rate double, difference
    double, difference_low double, difference_high double, q_value double
);

create table fct_persona_profiles (
    persona varchar, aspect varchar, kind varchar, name varchar, place bigint, unit
    varchar, value double, other_value double, difference double, difference_low
    double, difference_high double, q_value double, cases bigint, customers bigint
);

create table fct_persona_traits (
    persona varchar, family varchar, feature varchar, value double, others double,
    difference double, difference_low double, difference_high double, customers
    bigint
);

create table fct_prediction_calibration (
    target varchar, bin bigint, tried bigint, cases bigint, mean_probability double,
    case_rate double, case_rate_low double, case_rate_high double
);

create table fct_prediction_quality (
    target varchar, basis varchar, learned bigint, tried bigint, cases bigint,
    case_rate double, mean_probability double, auc double, brier double, log_loss
    double, rmse_seconds double, gain double, gain_low double, gain_high double,
    is_better boolean, learned_until timestamp with time zone
);

create table fct_predictions (
    journey_id varchar, customer_id varchar, persona varchar, started_at timestamp
    with time zone, steps bigint, last_activity varchar, silence_seconds double,
    horizon_at timestamp with time zone, converted_probability double,
    exited_probability double, abandoned_probability double, in_progress_probability
    double, outcome_basis varchar, next_activity varchar, next_activity_probability
    double, next_activities struct(activity varchar, probability double)[],
    next_activity_basis varchar, expected_seconds_to_conversion double, time_basis
    varchar, reason varchar
);

create table fct_process_models (
    persona varchar, miner varchar, threshold double, is_chosen boolean, activities
    bigint, event_share double, transitions bigint, journeys bigint, variants
    bigint, coverage double, fitness double, fitting_share double, precision double,
    generalisation double, simplicity double, score double, failure varchar,
    bpmn_file varchar, pnml_file varchar, ptml_file varchar, svg_file varchar
);

create table fct_retention (
    cohort date, persona varchar, segment varchar, segment_value varchar,
    period_index bigint, customers bigint, active bigint, active_or_later bigint,
    at_risk bigint, at_risk_active bigint, retention_rate double, retention_rate_low
    double, retention_rate_high double, unbounded_rate double, unbounded_rate_low
    double, unbounded_rate_high double, at_risk_rate double, at_risk_rate_low
    double, at_risk_rate_high double, is_final boolean
);

create table fct_retention_curve (
    persona varchar, segment varchar, segment_value varchar, period_index bigint,
    cohorts bigint, customers bigint, active bigint, active_or_later bigint,
    retention_rate double, retention_rate_low double, retention_rate_high double,
    unbounded_rate double, unbounded_rate_low double, unbounded_rate_high double
);

create table fct_rework (
    persona varchar, segment varchar, segment_value varchar, kind varchar, activity
    varchar, other_activity varchar, occurrences bigint, journeys bigint, customers
    bigint, total_seconds double, mean_seconds double
);

create table fct_scenarios (
    funnel varchar, step_index integer, period varchar, persona varchar, scenario
    varchar, step varchar, at_risk bigint, dropped bigint, drop_rate double,
    new_rate double, converted bigint, uplift double, uplift_low double, uplift_high
    double, value_per_conversion double, value double, value_low double, value_high
    double, value_reason varchar
);

create table fct_sessions (
    session_id varchar, customer_id varchar, journey_id varchar, started_at
    timestamp with time zone, ended_at timestamp with time zone, events bigint,
    entry_activity varchar, exit_activity varchar, channel varchar, device varchar,
    channel_switches bigint, device_switches bigint
);

create table fct_spells (
    customer_id varchar, spell_index bigint, started_at timestamp with time zone,
    last_active_at timestamp with time zone, known_at timestamp with time zone,
    is_churned boolean, is_resurrection boolean, duration_seconds double
);

create table fct_stages (
    persona varchar, segment varchar, segment_value varchar, stage varchar,
    stage_index integer, journeys bigint, customers bigint, visits bigint, events
    bigint, closed_stays bigint, open_stays bigint, ended_stays bigint,
    total_seconds double, time_share double, mean_seconds double, p50_seconds
    double, p90_seconds double, next_stage varchar, next_stage_rate double, settled
    bigint, stuck bigint, stuck_rate double
);

create table fct_subsequences (
    persona varchar, segment varchar, segment_value varchar, subsequence varchar,
    kind varchar, length integer, journeys bigint, share double, customers bigint,
    ended bigint, converted bigint, conversion_rate double, conversion_rate_low
    double, conversion_rate_high double, conversion_rate_without double,
    conversion_rate_without_low double, conversion_rate_without_high double, lift
    double, difference double, difference_low double, difference_high double,
    q_value double
);

create table fct_touchpoints (
    persona varchar, segment varchar, segment_value varchar, touchpoint varchar,
    stage varchar, stage_index integer, activity varchar, channel varchar, actor
    varchar, rule_index integer, events bigint, journeys bigint, customers bigint
);

create table fct_transitions (
    persona varchar, segment varchar, segment_value varchar, from_activity varchar,
    to_activity varchar, transitions bigint, share double, customers bigint,
    mean_seconds double, p50_seconds double, p90_seconds double, first_at timestamp
    with time zone, last_at timestamp with time zone, channel_switches bigint,
    is_switch boolean
);

create table fct_variants (
    persona varchar, segment varchar, segment_value varchar, variant_id varchar,
    variant varchar, variant_index bigint, journeys bigint, share double,
    cumulative_share double, converted bigint, exited bigint, abandoned bigint,
    in_progress bigint, p50_seconds double, p90_seconds double, example_journey_ids
    varchar[]
);

create table meta_balances (
    source varchar, rule varchar, events bigint
);

create table meta_conflicts (
    event_id varchar, source varchar, file varchar, sha256 varchar, record_index
    bigint, version varchar, kind varchar, differs_in varchar
);

create table meta_contracts (
    source varchar, file varchar, sha256 varchar, column_name varchar, finding
    varchar, expected varchar, found varchar, action varchar
);

create table meta_funnels (
    funnel varchar, funnel_index integer, step_index integer, step varchar,
    activities varchar[], is_optional boolean, unit varchar, entry varchar, mode
    varchar, ties varchar, window_seconds double, dialect varchar
);

create table meta_loads (
    source varchar, file varchar, sha256 varchar, is_newest boolean, bytes bigint,
    lines bigint, header bigint, blank bigint, record_lines bigint, records bigint,
    accepted bigint, duplicate bigint, conflicting bigint, quarantined bigint,
    erased bigint, mended bigint, text_bytes bigint, header_bytes bigint,
    blank_bytes bigint, record_bytes bigint, refused varchar
);

create table meta_metrics (
    metric varchar, words varchar, unit varchar, direction varchar, query varchar
);

create table meta_quarantine (
    source varchar, file varchar, sha256 varchar, record_index bigint, stage
    varchar, line bigint, byte_offset bigint, reason varchar
);

create table meta_run (
    name varchar, value varchar
);

create table meta_stages (
    stage_index integer, stage varchar
);

create table meta_times (
    source varchar, time_flag varchar, events bigint, unordered bigint
);

create table meta_unmatched (
    activity varchar, channel varchar, events bigint, share double
);

create table meta_watermarks (
    source varchar, complete_until timestamp with time zone, is_assumed boolean,
    last_at timestamp with time zone, silent_since timestamp with time zone,
    silence_seconds bigint, usual_silence_seconds bigint, is_stopped boolean
);
