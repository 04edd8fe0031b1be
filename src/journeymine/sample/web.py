"""Tracking calls as lines of the Segment layout, in the files where they stand."""

from dataclasses import dataclass, field
from operator import attrgetter

from journeymine.sample.draws import between
from journeymine.sample.quality import DUPLICATES, LATE
from journeymine.sample.story import Story, WebEvent
from journeymine.sample.times import DAY, END, MONTHS, month_index, utc_text

_IDENTIFY = '"type":"identify"'
_EMAIL_IN_IDENTIFY = 0.6  # without it, only the CRM knows whose account it is


@dataclass
class Month:
    """One customer's lines for the file of a month, and what is odd about them."""

    lines: list[str] = field(default_factory=list)
    duplicates: int = 0
    late: int = 0
    ties: int = 0


def web_months(story: Story) -> list[Month]:
    """Return a customer's lines for each of the months' files.

    A file holds what was received in its month, so a late event stands in a later one.
    """
    rng = story.rng
    months = [Month() for _ in MONTHS]
    previous = 0
    for event in sorted([*story.web, *_identifies(story)], key=attrgetter("at")):
        received_at = event.at + between(rng, 150, 3000)
        if rng.random() < LATE and event.at < END - 9 * DAY:
            received_at += between(rng, 1, 8 * 24) * DAY // 24
        index = month_index(received_at)
        month = months[index]
        line = _line(story, event, received_at)
        month.lines.append(line)
        month.late += index > month_index(event.at)
        if event.head is not _IDENTIFY:
            month.ties += event.at == previous
            previous = event.at
        if rng.random() < DUPLICATES:
            _repeat(line, months[index:], rng.random() < 0.3)
    return months


def _repeat(line: str, months: list[Month], later: bool) -> None:
    """Send a line again, perhaps a month later."""
    month = months[1] if later and len(months) > 1 else months[0]
    month.lines.append(line)
    month.duplicates += 1


def _identifies(story: Story) -> list[WebEvent]:
    customer = story.customer
    events = []
    for device, at in story.identified_at.items():
        has_email = story.rng.random() < _EMAIL_IN_IDENTIFY
        traits = f'{{"email":"{customer.email}"}}' if has_email else "{}"
        context = f'"device":{{"type":"{customer.devices[device]}"}}'
        events.append(WebEvent(at, device, False, _IDENTIFY, context, traits))
    return events


def _line(story: Story, event: WebEvent, received_at: int) -> str:
    customer = story.customer
    known_at = story.identified_at.get(event.device, END)
    user = f'"{customer.user_id}"' if event.at >= known_at else "null"
    details = "traits" if event.head is _IDENTIFY else "properties"
    return (
        f'{{"messageId":"ajs-{story.rng.getrandbits(64):016x}",{event.head},'
        f'"anonymousId":"{customer.anonymous_ids[event.device]}","userId":{user},'
        f'"timestamp":"{utc_text(event.at)}","receivedAt":"{utc_text(received_at)}",'
        f'"channel":"{"mobile" if event.is_app else "browser"}",'
        f'"context":{{{event.context}}},"{details}":{event.properties}}}'
    )
