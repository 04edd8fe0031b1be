"""Attribution in the project file: how far back, and what channels cost."""

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from journeymine.config_sources import Section
from journeymine.config_values import Duration, one_or_more

WHOLE = "all"
"""What a cost that is not split by months is of."""

MOST = 1e12
"""No channel costs as much."""


def _per_month(value: object) -> Mapping[str, Decimal]:
    if not isinstance(value, dict):
        return {WHOLE: _amount(value)}
    if not value:
        message = "names no month; write an amount, or leave the channel out"
        raise ValueError(message)
    for month in value:
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", str(month)):
            message = f'{month!r} is no month; write for example "2024-04"'
            raise ValueError(message)
    return {month: _amount(amount) for month, amount in value.items()}


def _amount(value: object) -> Decimal:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (is_number and 0 <= float(str(value)) < MOST):
        message = f"{value!r} is no amount; write for example 1200.0"
        raise ValueError(message)
    return Decimal(str(value))


Cost = Annotated[dict[str, Decimal], BeforeValidator(_per_month)]
"""What was spent, by month; one amount is of the whole."""


class Attribution(Section):
    """Which touches of a customer get credit for a conversion.

    They lie at most `lookback` before it. In the model of time decay a touch has half
    the credit of one that is `half_life` later. Activities to `ignore` are no touches.
    `costs` by channel are in the project's currency. Without the section nothing is
    credited.
    """

    lookback: Duration = timedelta(days=90)
    half_life: Duration = timedelta(days=7)
    ignore: Annotated[tuple[str, ...], BeforeValidator(one_or_more)] = ()
    costs: dict[str, Cost] = Field(default_factory=dict)
