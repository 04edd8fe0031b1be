"""Surveys and reviews: who is asked, who answers, and in which words."""

from journeymine.sample.draws import between, pick
from journeymine.sample.story import Story
from journeymine.sample.times import DAY, HOUR, MINUTE, local_text, seconds_text

_ASKED_AFTER_ORDER = 0.6
_REVIEWS = 0.1

_NPS_TEXTS = (
    (
        "Never again. The checkout is a maze.",
        'Zahlung fehlgeschlagen, "bitte später versuchen", dreimal!',
        "Versandkosten erst ganz am Ende gezeigt.\nSo nicht.",
    ),
    (
        "Fine, but delivery was slow.",
        "Ganz okay, die Größen fallen klein aus.",
        "",
    ),
    (
        "Schnell, freundlich, gerne wieder!",
        "Great shoes, great service.",
        'Meine "Säntis" sitzen perfekt, merci für den Café-Gutschein',
    ),
)
_CSAT_TEXTS = {
    "payment": ("Card still refused, no help at all", "Karte geht wieder, danke!"),
    "coupon": ('The code "WANDERN10" never worked', "Got a new coupon, super"),
    "delivery": ("Paket verloren,\nniemand weiß etwas", "Paket da, alles gut"),
    "return": ("Waiting for my money since weeks", "Rückgabe war einfach, schön"),
}
_REVIEW_TEXTS = (
    "Sole came off, size wrong, no reply.",
    "Okay für den Preis, aber die Farbe ist anders.",
    'Trekking über die Alpen, kein Problem: "top"!\nGerne wieder, enchanté!',
)


def ask_after_order(story: Story, at: int, order_id: str, spoilt: bool) -> None:
    """Ask some customers whether they would recommend the shop."""
    rng = story.rng
    if rng.random() >= _ASKED_AFTER_ORDER:
        return
    sent_at = at + 3 * DAY + between(rng, 0, 2 * HOUR)
    response = f"N-{order_id[2:]}"
    _survey(story, sent_at, [response, "nps_sent", "", "", "", order_id])
    if rng.random() >= story.customer.persona.answers:
        return
    score = round(10 * _satisfaction(story, spoilt))
    text = pick(rng, _NPS_TEXTS[(score > 6) + (score > 8)])
    answered_at = sent_at + between(rng, 5 * MINUTE, 30 * HOUR)
    answer = [response, "nps_answered", str(score), text, "", order_id]
    _survey(story, answered_at, answer)


def ask_after_ticket(
    story: Story, at: int, ticket_id: str, topic: str, spoilt: bool
) -> None:
    """Ask how satisfied the customer is with the help."""
    rng = story.rng
    sent_at = at + between(rng, 2 * MINUTE, 20 * MINUTE)
    response = f"S-{ticket_id[2:]}"
    _survey(story, sent_at, [response, "csat_sent", "", "", ticket_id, ""])
    if rng.random() >= story.customer.persona.answers:
        return
    score = 1 + round(4 * _satisfaction(story, spoilt))
    # Only the clear cases find words.
    text = "" if score == 3 else _CSAT_TEXTS[topic][score > 3]
    answered_at = sent_at + between(rng, 5 * MINUTE, 20 * HOUR)
    answer = [response, "csat_answered", str(score), text, ticket_id, ""]
    _survey(story, answered_at, answer)


def review(story: Story, at: int, order_id: str, spoilt: bool) -> None:
    """Let a few customers review unasked: the very happy and the very angry."""
    rng = story.rng
    mood = _satisfaction(story, spoilt)
    if rng.random() >= _REVIEWS * (2 if abs(mood - 0.5) > 0.3 else 1):
        return
    stars = 1 + round(4 * mood)
    written_at = at + between(rng, 4 * DAY, 18 * DAY)
    text = _REVIEW_TEXTS[(stars > 2) + (stars > 3)]
    fields = [
        f"R-{order_id[2:]}",
        story.customer.user_id,
        str(stars),
        text,
        local_text(written_at),
        order_id,
    ]
    story.add_row("reviews", written_at, fields, own=True)


def _satisfaction(story: Story, spoilt: bool) -> float:
    mood = story.customer.persona.mood - (0.35 if spoilt else 0.0)
    noise = story.rng.random() + story.rng.random() - 1  # -1 to 1, mostly near 0
    return min(1.0, max(0.0, mood + 0.3 * noise))


def _survey(story: Story, at: int, fields: list[str]) -> None:
    response, activity, score, comment, ticket_id, order_id = fields
    is_answer = activity.endswith("_answered")
    row = [
        f"{response}-{'2' if is_answer else '1'}",
        response,
        story.customer.email,
        activity,
        seconds_text(at),
        score,
        comment,
        ticket_id,
        order_id,
    ]
    story.add_row("survey", at, row, own=is_answer)
