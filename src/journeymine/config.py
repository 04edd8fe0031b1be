"""The project file, as frozen types: everything that one run depends on.

`project_file.load_config` makes a `Config` from a TOML file. Each class below is
one section of it; a field's default is the default of the setting.
"""

from os.path import normpath
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ByteSize, Field, model_validator

from journeymine.config_attribution import Attribution
from journeymine.config_comparisons import BUILT_IN, Comparison, check_comparisons
from journeymine.config_drift import Drift
from journeymine.config_drivers import Drivers, check_drivers
from journeymine.config_expected import Expected, check_expected
from journeymine.config_feedback import Feedback
from journeymine.config_funnels import Funnel, check_limits
from journeymine.config_identity import Identity
from journeymine.config_journeys import FurtherJourney, Journey, check_kinds
from journeymine.config_lifecycle import Abandonment, Churn, Retention
from journeymine.config_objectives import Objective, check_segments
from journeymine.config_objects import ObjectType, check_objects
from journeymine.config_pain_points import Effort, PainPoints, check_efforts
from journeymine.config_paths import PathPattern, Paths
from journeymine.config_prediction import Prediction
from journeymine.config_privacy import Privacy, check_privacy
from journeymine.config_rules import Rule
from journeymine.config_sources import Section, Source
from journeymine.config_values import (
    Activities,
    Moment,
    Name,
    Zone,
    one_or_more,
)

PersonaId = Annotated[str, Field(pattern="^p[1-9][0-9]*$")]
"""A persona as the tables name it: `p1`, `p2` and so on."""


class Project(Section):
    """What the project is called, where it writes, and its zone and moment."""

    name: Annotated[str, Field(min_length=1)]
    timezone: Zone = "UTC"
    as_of: Moment | None = None
    output: Path = Path("build")
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "EUR"
    segments: tuple[Name, ...] = ()
    keep: Annotated[int, Field(ge=1)] = 7

    @property
    def zone(self) -> ZoneInfo:
        """The zone of naive times and of calendar days."""
        return ZoneInfo(self.timezone)


class Ingest(Section):
    """How much bad input a run may meet, and how large a file may be.

    `max_bytes` and `max_ratio` hold for one file, decompressed.
    """

    max_quarantined_share: Annotated[float, Field(ge=0, le=1)] = 0.01
    max_bytes: Annotated[ByteSize, Field(gt=0)] = ByteSize(64 << 30)
    max_ratio: Annotated[float, Field(ge=1, allow_inf_nan=False)] = 250


class Filter(Section):
    """A named rule that leaves events out: an attribute or field, and its values."""

    attribute: str
    equals: Annotated[tuple[str, ...], BeforeValidator(one_or_more)] = ()
    prefix: Annotated[tuple[str, ...], BeforeValidator(one_or_more)] = ()


class Personas(Section):
    """How many groups of customers to look for, and what they are called.

    `until` names the activities at which the watch on a customer ends; by default
    they are learned. `frozen` keeps the personas of the run before.
    """

    count: Literal["auto"] | Annotated[int, Field(ge=2, le=12)] = "auto"
    seed: int = 0
    until: Annotated[tuple[str, ...], BeforeValidator(one_or_more)] = ()
    frozen: bool = False
    names: dict[PersonaId, Annotated[str, Field(min_length=1)]] = Field(
        default_factory=dict
    )


class Config(Section):
    """Everything that one run depends on."""

    project: Project
    sources: Annotated[dict[Name, Source], Field(min_length=1)]
    ingest: Ingest = Ingest()
    identity: Identity = Identity()
    privacy: Privacy | None = None
    filters: dict[Name, Filter] = Field(default_factory=dict)
    journey: Journey = Journey()
    journeys: dict[Name, FurtherJourney] = Field(default_factory=dict)
    stages: dict[Name, Activities] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    funnels: dict[Name, Funnel] = Field(default_factory=dict)
    abandonment: dict[Name, Abandonment] = Field(default_factory=dict)
    patterns: dict[Name, PathPattern] = Field(default_factory=dict)
    paths: Paths = Paths()
    comparisons: dict[Name, Comparison] = Field(default_factory=dict)
    drift: Drift | None = None
    drivers: Drivers | None = None
    expected: Expected | None = None
    retention: Retention | None = None
    churn: Churn | None = None
    prediction: Prediction | None = None
    attribution: Attribution | None = None
    pain_points: PainPoints | None = None
    efforts: dict[str, Effort] = Field(default_factory=dict)
    personas: Personas = Personas()
    feedback: dict[Name, Feedback] = Field(default_factory=dict)
    objectives: dict[Name, Objective] = Field(default_factory=dict)
    objects: dict[Name, ObjectType] = Field(default_factory=dict)
    folder: Path = Path()

    @model_validator(mode="after")
    def _journeys_are_known(self) -> "Config":
        funnels = self.funnels.items()
        check_kinds(
            self.journeys, {name: (one.journey, one.unit) for name, one in funnels}
        )
        check_limits(self.funnels, self.project.zone)
        check_drivers(self.drivers, self.funnels)
        check_efforts(self.efforts, self.funnels)
        further = {rule.stage for rule in self.rules if rule.stage}
        check_expected(self.expected, {*self.stages, *further})
        check_objects(self.objects, self.sources.values())
        check_privacy(self.privacy, self.identity.linkage)
        return self

    @model_validator(mode="after")
    def _compared_segments_are_known(self) -> "Config":
        declared = [self.project.segments]
        declared += [source.segments for source in self.sources.values()]
        segments = [name for names in declared for name in names]
        by = self.drift.by if self.drift else ()
        check_comparisons(self.comparisons, by, segments, self.project.zone)
        check_segments(self.objectives, {*BUILT_IN, *segments})
        return self

    @property
    def output(self) -> Path:
        """The output folder: relative to the project file unless absolute."""
        return Path(normpath(self.folder / self.project.output))
