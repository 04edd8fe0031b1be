"""Credits of channels by all models, drawn."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from tests.report.whatif_drawn import WHOLE

MODELS = ("first", "last", "linear", "position", "time_decay", "shapley", "markov")
SURE = 10.0  # of an interval, to either side
DISPUTED = {
    "web": [60, 40, 50, 50, 50, 50, 50],
    "email": [10, 70, 40, 40, 55, 40, 30],
    "ads": [80, 40, 60, 60, 45, 60, 70],
}


def credits(
    channels: Mapping[str, Sequence[float]], persona: str = "all"
) -> list[dict[str, object]]:
    """Return rows of each channel's credit by every model, in the order of MODELS."""
    whole = round(sum(own[0] for own in channels.values()))
    return [
        {
            **WHOLE,
            "persona": persona,
            "model": model,
            "channel": channel,
            "credit": credit,
            "credit_low": max(credit - SURE, 0.0),
            "credit_high": credit + SURE,
            "credit_share": credit / whole,
            "conversions": whole,
            "value": None,
            "spend": None,
            "cost_per_conversion": None,
            "return_on_spend": None,
        }
        for channel, own in channels.items()
        for model, credit in zip(MODELS, own, strict=True)
    ]


def as_rows(drawn: Sequence[dict[str, object]]) -> list[SimpleNamespace]:
    return [SimpleNamespace(**row) for row in drawn]
