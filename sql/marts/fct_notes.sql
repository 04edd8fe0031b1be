-- The notes of the team, and whether the run still has the place that they are about.
-- key: note_id
--
-- note_id      as in notes.toml
-- kind         observation or idea
-- text         what it says; null if it only names an owner or an effort
-- author       who says it; null if nobody is named
-- noted_on     day; null if none is given
-- owner        who takes care of it; null if nobody does
-- effort       XS, S, M, L or XL; null if nobody said
-- status       open, planned, doing, done or dropped
-- anchor_kind  stage, touchpoint, transition, pain_point, persona or journey: what it
--              is about
-- anchor       name of the stage, touchpoint or pain point, or the activity that the
--              transition leaves; empty for persona and journey
-- anchor_to    the activity that the transition goes to; empty for all else
-- persona      the persona that it is about; `all` for everyone
-- place        the anchor in words
-- is_lost      whether this run has no such place: the note is kept, not shown there

with places as (

    select
        'touchpoint' as anchor_kind,
        touchpoint as anchor,
        '' as anchor_to,
        persona
    from fct_touchpoints
    where segment = 'all'
    union
    select
        'transition' as anchor_kind,
        from_activity as anchor,
        to_activity as anchor_to,
        persona
    from fct_transitions
    where segment = 'all'
    union
    select
        'stage' as anchor_kind,
        stage as anchor,
        '' as anchor_to,
        persona
    from fct_stages
    where segment = 'all'
    union
    -- A stage that nobody came to is still one of the map.
    select
        'stage' as anchor_kind,
        stage as anchor,
        '' as anchor_to,
        'all' as persona
    from meta_stages
    union
    select
        'persona' as anchor_kind,
        '' as anchor,
        '' as anchor_to,
        persona
    from dim_personas
    union
    -- A pain point of some persona is one of everyone's map, too; a step's place may be
    -- written with its funnel, as in [efforts].
    select
        'pain_point' as anchor_kind,
        unnest([place, funnel || '.' || place]) as anchor,
        '' as anchor_to,
        unnest([persona, persona]) as persona
    from fct_pain_points
    union
    select
        'pain_point' as anchor_kind,
        unnest([place, funnel || '.' || place]) as anchor,
        '' as anchor_to,
        'all' as persona
    from fct_pain_points
    union
    select
        'journey' as anchor_kind,
        '' as anchor,
        '' as anchor_to,
        'all' as persona

)

select
    cfg_notes.note_id,
    cfg_notes.kind,
    cfg_notes.text,
    cfg_notes.author,
    cfg_notes.noted_on,
    cfg_notes.owner,
    cfg_notes.effort,
    cfg_notes.status,
    cfg_notes.anchor_kind,
    cfg_notes.anchor,
    cfg_notes.anchor_to,
    cfg_notes.persona,
    cfg_notes.place,
    places.anchor is null as is_lost
from cfg_notes
left join places
    on
        cfg_notes.anchor_kind = places.anchor_kind
        and cfg_notes.anchor = places.anchor
        and cfg_notes.anchor_to = places.anchor_to
        and cfg_notes.persona = places.persona
order by cfg_notes.note_id
