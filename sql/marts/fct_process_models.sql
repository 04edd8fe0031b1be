-- One row per persona with a mined process model; empty without the extra `mining`.
-- key: persona
--
-- persona          `all`, or the persona
-- miner            algorithm that found the model
-- noise_threshold  share of an activity's strongest arc below which others are noise
-- activities       activities in the model: those that one journey in five holds
-- transitions      transitions between them, others passed over
-- bpmn_file        the model as BPMN, in the snapshot
-- pnml_file        the model as a Petri net, in the snapshot
-- svg_file         a drawing of it, in the snapshot

select
    persona,
    'inductive miner on the directly-follows graph' as miner,
    noise_threshold,
    activities,
    transitions,
    bpmn_file,
    pnml_file,
    svg_file
from py_process_models
order by persona
