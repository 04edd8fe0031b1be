-- One row per persona and process model that was tried; empty without the extra
-- `mining`. How good a model is, is told of the journeys that its variants hold.
-- key: persona, miner, threshold
--
-- persona         `all`, or the persona
-- miner           how the model was found
-- threshold       inductive miner: share of an activity's strongest arc below which
--                 others are noise; heuristics miner: least dependency of an arc; most
--                 frequent transitions: share of all transitions that are in the model
-- is_chosen       whether it is the persona's model: the process tree with the best
--                 score
-- activities      activities that it is about: those that one journey in five holds,
--                 the 40 most widely held if they are more
-- event_share     share of the steps of journeys that are over that are of these
--                 activities, 0 to 1
-- transitions     transitions between them, others passed over
-- journeys        journeys that are over and hold one of them
-- variants        distinct sequences of them that the model was judged by: the most
--                 frequent, at most 500, none of more than 200 steps
-- coverage        share of the journeys that follow one of these variants, 0 to 1
-- fitness         1 - deviations of the journeys from the model / most possible
-- fitting_share   share of the journeys that the model can do without a deviation
-- precision       share of what the model allows next that journeys did next
-- generalisation  near 1 if every part of the model was used often
-- simplicity      1 / (1 + arcs per node beyond two)
-- score           fitness x precision x simplicity
-- failure         why it could not be judged; null if it was
-- bpmn_file       the model as BPMN, in the snapshot; null if it is not written
-- pnml_file       the model as a Petri net, in the snapshot; null if it is not written
-- ptml_file       the model as a process tree, in the snapshot; null if not written
-- svg_file        a drawing of it, in the snapshot; null if it is not written

with transitions as (

    select
        persona,
        cast(sum(transitions) as bigint) as transitions
    from int_model_arcs
    where activity <> '' and next_activity <> ''
    group by persona

),

variants as (

    select
        persona,
        count(*) as variants,
        cast(sum(journeys) as bigint) as covered_journeys,
        any_value(all_journeys) as journeys
    from int_model_variants
    group by persona

)

select
    py_process_models.persona,
    py_process_models.miner,
    py_process_models.threshold,
    py_process_models.is_chosen,
    len(int_model_activities.activity_codes) as activities,
    int_model_activities.kept_steps
    / nullif(int_model_activities.steps, 0) as event_share,
    coalesce(transitions.transitions, 0) as transitions,
    variants.journeys,
    variants.variants,
    variants.covered_journeys / nullif(variants.journeys, 0) as coverage,
    py_process_models.fitness,
    py_process_models.fitting_share,
    py_process_models.precision,
    py_process_models.generalisation,
    py_process_models.simplicity,
    py_process_models.score,
    py_process_models.failure,
    py_process_models.bpmn_file,
    py_process_models.pnml_file,
    py_process_models.ptml_file,
    py_process_models.svg_file
from py_process_models
inner join int_model_activities
    on py_process_models.persona = int_model_activities.persona
inner join variants on py_process_models.persona = variants.persona
left join transitions on py_process_models.persona = transitions.persona
order by
    py_process_models.persona, py_process_models.miner, py_process_models.threshold
