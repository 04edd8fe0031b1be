"""Objects in the project file: orders, tickets, deals ... that events are about."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from journeymine.config_sources import Section, Source
from journeymine.config_values import Name, one_or_more

GIVEN = ("customer", "journey")
"""Types of objects that every event has."""

Texts = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(one_or_more)
]


class ObjectType(Section):
    """Where the objects of a type are told: attributes, identifiers, or a field.

    A list in an attribute tells several objects. `qualifier` is what the object is to
    the event; by default its type.
    """

    attribute: Texts = ()
    identifier: Texts = ()
    field: Literal["resource"] | None = None
    qualifier: Annotated[str, Field(min_length=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _may_be_attributes(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"attribute": value}

    @model_validator(mode="after")
    def _is_told_somewhere(self) -> "ObjectType":
        if not (self.attribute or self.identifier or self.field):
            message = "nothing tells the objects; add attribute, identifier or field"
            raise ValueError(message)
        return self

    @property
    def places(self) -> list[tuple[str, str]]:
        """Kind and name of each place that tells such objects."""
        return [
            *(("attribute", name) for name in self.attribute),
            *(("identifier", name) for name in self.identifier),
            *((("field", self.field),) if self.field else ()),
        ]


def check_objects(
    objects: Mapping[Name, ObjectType], sources: Iterable[Source]
) -> None:
    """Refuse types that every event has, and attributes that no source tells.

    Raises
    ------
    ValueError
        With the setting, what is wrong with it, and what to do.
    """
    sources = tuple(sources)
    # A connector and an event log have attributes that the project file does not name.
    is_open = any(
        source.connector or (source.is_event_log and not source.attributes)
        for source in sources
    )
    known = {name for source in sources for name in source.attributes}
    for name, one in objects.items():
        if name in GIVEN:
            message = f"objects.{name}: every event has one; leave it out"
            raise ValueError(message)
        for attribute in one.attribute:
            if attribute not in known and not is_open:
                message = (
                    f"objects.{name}: {attribute!r} is no attribute of a source; add it"
                    " to attributes"
                )
                raise ValueError(message)
