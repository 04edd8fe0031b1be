"""What a run knows of its personas, and hands on to the next one: a JSON file."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from journeymine.config import Config
from journeymine.personas.scaling import Scaling, Vectors
from journeymine.restricted import full_folder

MODEL = Path("personas") / "model.json"
"""Where it stands in a snapshot."""


@dataclass(frozen=True)
class Model:
    """The personas of a run.

    Attributes
    ----------
    scaling
        Of the features.
    centroids
        Shape (n_personas, n_features), in the scaling's units.
    radii
        Root of the mean squared distance of a persona's customers to its centroid.
    personas
        `p1`, `p2` and so on: of each centroid.
    names
        Automatic name of each persona.
    last_number
        The greatest number that a persona ever had.
    facts
        Seed, data window, and what speaks for the number of personas.
    """

    scaling: Scaling
    centroids: Vectors
    radii: list[float]
    personas: list[str]
    names: list[str]
    last_number: int
    facts: dict[str, object]


def write_model(model: Model, folder: Path) -> None:
    """Write the model to a snapshot; the same model gives the same bytes."""
    told = {
        "facts": model.facts,
        "last_number": model.last_number,
        "features": [
            {"family": family, "feature": feature, "centre": centre, "spread": spread}
            for (family, feature), centre, spread in zip(
                model.scaling.features,
                model.scaling.centres.tolist(),
                model.scaling.spreads.tolist(),
                strict=True,
            )
        ],
        "personas": [
            {"persona": persona, "name": name, "radius": radius, "centroid": centroid}
            for persona, name, radius, centroid in zip(
                model.personas,
                model.names,
                model.radii,
                model.centroids.tolist(),
                strict=True,
            )
        ],
    }
    path = folder / MODEL
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read_model(snapshot: Path) -> Model | None:
    """Return the model of a snapshot; None if it holds none."""
    path = snapshot / MODEL
    if not path.is_file():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    features, personas = told["features"], told["personas"]
    scaling = Scaling(
        [(one["family"], one["feature"]) for one in features],
        np.array([one["centre"] for one in features], dtype=np.float64),
        np.array([one["spread"] for one in features], dtype=np.float64),
    )
    centroids = np.array([one["centroid"] for one in personas], dtype=np.float64)
    return Model(
        scaling,
        centroids.reshape(len(personas), len(features)),
        [one["radius"] for one in personas],
        [one["persona"] for one in personas],
        [one["name"] for one in personas],
        told["last_number"],
        told["facts"],
    )


def model_facts(config: Config, stage: Path) -> dict[str, object]:
    """Return what the manifest says of the model of a run, and of that before.

    That is the hash of both, and of its own the seed, the data window, the activities
    that end the watch, and what speaks for the number of personas.
    """
    model = read_model(stage)
    former = full_folder(config.output / "current")
    return {
        "persona_model_before_sha256": _hash(former / MODEL),
        "persona_model_sha256": _hash(stage / MODEL),
        "persona_model": model.facts if model else None,
    }


def _hash(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None
