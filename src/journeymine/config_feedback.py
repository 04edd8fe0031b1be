"""What customers say, and on which scale: `[feedback]`."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from journeymine.config_sources import Section

NPS_SCALE = (0.0, 10.0)

Language = Annotated[str, Field(pattern="^[a-z]{2,3}$")]
Emotion = Annotated[float, Field(ge=-1, le=1)]
Scale = tuple[float, float]


class Feedback(Section):
    """One kind of answer: its activity, its score and scale, its words.

    `values` says what the words of a score mean, from -1 to 1 (kind `thumbs`).
    `about` is an attribute that the answer shares with the event that it is about.
    The language of a text is `language`, else told by `language_attribute`.
    """

    activity: str
    kind: Literal["csat", "nps", "ces", "stars", "thumbs", "text"] = "csat"
    score: str = "score"
    scale: Scale | None = None
    high_is_good: bool | None = None
    values: dict[str, Emotion] = Field(default_factory=dict)
    solicited: bool = True
    sent: str | None = None
    text: str | None = None
    language: Language | None = None
    language_attribute: str | None = None
    about: str | None = None

    @property
    def is_scaled(self) -> bool:
        """Whether its score is a number."""
        return self.kind in ("csat", "nps", "ces", "stars")

    @property
    def range(self) -> Scale | None:
        """The scale that a score is on; None where it is no number."""
        return NPS_SCALE if self.kind == "nps" else self.scale

    @property
    def meanings(self) -> dict[str, float]:
        """What the words of a score mean, in lower case."""
        return {word.strip().lower(): value for word, value in self.values.items()}

    @model_validator(mode="after")
    def _score_is_told(self) -> "Feedback":
        problem = (
            _scale_problem(self)
            or _direction_problem(self)
            or _values_problem(self)
            or _text_problem(self)
        )
        if problem:
            raise ValueError(problem)
        return self


def _scale_problem(feedback: Feedback) -> str | None:
    kind, scale = feedback.kind, feedback.scale
    if not feedback.is_scaled:
        return scale and f"scale: kind {kind!r} has none; remove it"
    if kind == "nps":
        wrong = scale not in (None, NPS_SCALE)
        return "scale: NPS is asked from 0 to 10; write [0, 10]" if wrong else None
    if scale is None:
        return "scale: missing; add it, for example [1, 5]"
    if scale[0] >= scale[1]:
        return "scale: the first number must be the smaller one"
    if kind == "csat" and scale[1] - scale[0] < 2:
        return 'scale: all would be the top two boxes; choose kind = "stars"'
    return None


def _direction_problem(feedback: Feedback) -> str | None:
    is_told = feedback.high_is_good is not None
    if feedback.kind == "ces" and not is_told:
        return (
            "high_is_good: missing; write true if a high score means little effort,"
            " false if it means much"
        )
    if feedback.kind in ("nps", "thumbs", "text") and is_told:
        return f"high_is_good: kind {feedback.kind!r} has no direction; remove it"
    return None


def _values_problem(feedback: Feedback) -> str | None:
    if feedback.kind != "thumbs":
        wrong = 'values: are of kind = "thumbs" only; remove them'
        return wrong if feedback.values else None
    if not feedback.values:
        return "values: missing; add them, for example { good = 1, bad = -1 }"
    if len(feedback.meanings) < len(feedback.values):
        return "values: two words differ only in capitals; keep one of them"
    return None


def _text_problem(feedback: Feedback) -> str | None:
    if feedback.text is None:
        if feedback.kind == "text":
            return "text: missing; name the attribute that holds the words"
        if feedback.language or feedback.language_attribute:
            return "language: there is no text; name its attribute as text"
    if feedback.language and feedback.language_attribute:
        return "language_attribute: stands beside language; keep one of them"
    return None
