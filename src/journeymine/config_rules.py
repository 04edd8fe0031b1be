"""Rules that name the touchpoint, channel and stage of events: `[[rules]]`."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from journeymine.config_sources import Section
from journeymine.config_values import Activities, Name

Text = Annotated[str, Field(min_length=1)]


class Rule(Section):
    """What holds for events that match; of several rules the first one counts.

    `match` names fields (activity, channel, source, or an attribute) and what each
    must be: any of some texts, in which `*` stands for any characters. The rule holds
    on the days [since, until) of the project's zone.
    """

    match: Annotated[dict[Text, Activities], Field(min_length=1)]
    touchpoint: Text | None = None
    channel: Text | None = None
    stage: Name | None = None
    since: date | None = None
    until: date | None = None

    @property
    def says(self) -> tuple[str | None, str | None]:
        """The touchpoint and the stage that it names."""
        return self.touchpoint, self.stage

    @model_validator(mode="after")
    def _says_something(self) -> "Rule":
        if not any((self.touchpoint, self.channel, self.stage)):
            message = "the rule says nothing; add a touchpoint, channel or stage"
            raise ValueError(message)
        if self.since and self.until and self.since >= self.until:
            message = "until: must be a later day than since"
            raise ValueError(message)
        return self
