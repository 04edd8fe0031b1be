"""The step of the build graph that finds personas and assigns all customers."""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from journeymine.personas.chance import Pool
from journeymine.personas.counts import Feature, read_batches, read_sample
from journeymine.personas.fitting import fit
from journeymine.personas.kmeans import assigned
from journeymine.personas.matching import Change
from journeymine.personas.model import Model, read_model, write_model
from journeymine.personas.naming import named
from journeymine.personas.scaling import vectors_of
from journeymine.personas.telling import write_changes, write_profiles
from journeymine.personas.threads import on_one_thread
from journeymine.personas.traits import Tally, Trait
from journeymine.plan import Context
from journeymine.restricted import full_folder

FIT_CUSTOMERS = 10_000


def make_personas(context: Context) -> None:
    """Write `py_personas` and what is told of them, and the model for the next run.

    Beside it stand `py_persona_profiles`, `py_persona_traits`, `py_persona_changes`.
    """
    with on_one_thread():
        model, changes = _model(context)
        traits = _assign(context, model)
    model = replace(model, names=_names(context, model, traits))
    write_model(model, context.folder)
    write_profiles(context, model, traits)
    write_changes(context, changes)


def _model(context: Context) -> tuple[Model, list[Change]]:
    former = read_model(full_folder(context.config.output / "current"))
    if former and context.config.personas.frozen:
        return former, []
    con = context.con
    counts = read_sample(con, context.parameters["as_of_us"], FIT_CUSTOMERS)
    pool = _pool(context, counts.features)
    model, changes = fit(counts, pool, context.config.personas, former)
    window = con.execute(
        "select epoch_ms(min(occurred_us) // 1000), epoch_ms(max(occurred_us) // 1000)"
        " from int_exposed"
    ).fetchall()[0]
    until = con.execute(
        """
        select int_activities.activity
        from int_persona_brinks
        inner join int_activities
            on int_persona_brinks.activity_code = int_activities.activity_code
        order by int_activities.activity
        """
    ).fetchall()
    facts = {
        "window": [None if one is None else one.isoformat() for one in window],
        "until": [activity for (activity,) in until],
    }
    return replace(model, facts=model.facts | facts), changes


def _pool(context: Context, features: list[Feature]) -> Pool:
    found = context.con.execute(
        """
        select
            int_activities.activity,
            coalesce(int_activities.stage, '(none)') as stage,
            int_exposed.channel,
            count(*) as events
        from int_exposed
        inner join int_activities
            on int_exposed.activity_code = int_activities.activity_code
        group by all
        order by all
        """
    ).fetchall()
    place = {feature: number for number, feature in enumerate(features)}
    families = ("activity", "stage", "channel")
    places = [
        [place.get(feature, -1) for feature in zip(families, row, strict=False)]
        for row in found
    ]
    return Pool(
        np.array(places, dtype=np.int64).reshape(len(found), len(families)),
        np.array([row[-1] for row in found], dtype=np.int64),
    )


def _assign(context: Context, model: Model) -> list[Trait]:
    """Write the persona of every customer, and return the traits of each persona."""
    con = context.con
    con.execute(
        "create or replace table py_personas (customer_code bigint, persona varchar)"
    )
    tally = Tally(model.scaling.features, len(model.personas))
    names = np.array(model.personas, dtype=object)
    for counts in read_batches(con):
        if not model.personas or not len(counts.customer_codes):
            continue
        vectors = vectors_of(counts, model.scaling)
        labels = assigned(vectors, model.centroids)
        tally.add(counts, vectors, labels)
        batch = pa.table(
            {
                "customer_code": counts.customer_codes,
                "persona": pa.array(names[labels], pa.string()),
            }
        )
        con.register("batch", batch)
        con.execute("insert into py_personas from batch")
        con.unregister("batch")
    return list(tally.traits(model.personas))


def _names(context: Context, model: Model, traits: list[Trait]) -> list[str]:
    """Return the automatic names: the former ones, and new ones for the new."""
    taken = {*model.names, *context.config.personas.names.values()}
    names = []
    for persona, name in zip(model.personas, model.names, strict=True):
        own = [trait for trait in traits if trait.persona == persona]
        names.append(name or named(persona, own, taken))
        taken.add(names[-1])
    return names
