"""What a persona wants, struggles with and buys, beside what the others do."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.reader import Row

SHOWN = 2
PAINS = {
    "abandonment": "abandon: {}",
    "drop_off": "leave after {}",
    "step_back": "step back from {}",
    "contact": "turn to {}",
    "emotion": "felt at {}",
}
BUYS = {
    "mean_basket": "mean basket",
    "median_days_between_orders": "between orders",
    "orders_per_customer": "orders per customer",
    "repeat_buyers": "buy again",
}
Entry = dict[str, object]


@dataclass(frozen=True)
class Habits:
    """Lines on a persona, most of them with the figure of the others."""

    goals: list[str]
    pains: list[str]
    buys: list[str]
    channels: str


def read_habits(row: Row, currency: str) -> Habits:
    """Return the lines of a persona; what is withheld is left out."""
    return Habits(
        goals=[_goal(one) for one in _known(row.goals, "share")[:SHOWN]],
        pains=[
            _pain(one, currency) for one in _known(row.pain_points, "value")[:SHOWN]
        ],
        buys=[_buy(one, currency) for one in _known(row.buying_behaviour, "value")],
        channels=", ".join(
            f"{words.label(str(one['channel']))} {words.rough(_number(one['share']))}"
            for one in _known(row.preferred_channels, "share")[:3]
        ),
    )


def _known(entries: list[Entry] | None, figure: str) -> list[Entry]:
    return [one for one in entries or [] if one.get(figure) is not None]


def _number(value: object) -> float:
    return float(str(value))


def _goal(one: Entry) -> str:
    told = f"{words.percent(_number(one['share']))} {words.label(str(one['name']))}"
    return told.replace("_", " ") + _others(one.get("other_share"), "share", "")


def _pain(one: Entry, currency: str) -> str:
    told = PAINS.get(str(one["kind"]), "{}")
    names = [words.label(part).lower() for part in str(one["name"]).split(" · ")]
    unit = str(one["unit"])
    figure = _figure(_number(one["value"]), unit, currency)
    return f"{figure} {told.format(', '.join(names))}" + _others(
        one.get("other_value"), unit, currency
    )


def _buy(one: Entry, currency: str) -> str:
    unit, name = str(one["unit"]), str(one["name"])
    told = f"{_figure(_number(one['value']), unit, currency)} {BUYS.get(name, name)}"
    return told + _others(one.get("other_value"), unit, currency)


def _others(value: object, unit: str, currency: str) -> str:
    if value is None:
        return ""
    return f" (others {_figure(_number(value), unit, currency)})"


def _figure(value: float, unit: str, currency: str) -> str:
    if unit == "share":
        return words.percent(value)
    if unit == "emotion":
        return words.signed(value)
    if unit == "currency":
        return words.money(value, currency)
    return f"{value:.1f}{words.SPACE}d" if unit == "days" else f"{value:.1f}"
