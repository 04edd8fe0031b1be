"""Who does what an activity says: `size_guide_opened` is done by size guide openers."""

AGENTS = {
    "add": "pickers",
    "apply": "applicants",
    "ask": "askers",
    "book": "bookers",
    "browse": "browsers",
    "buy": "buyers",
    "call": "callers",
    "cancel": "cancellers",
    "chat": "chatters",
    "click": "clickers",
    "compare": "comparers",
    "contact": "callers",
    "download": "downloaders",
    "enter": "users",
    "login": "users",
    "open": "openers",
    "order": "buyers",
    "pay": "payers",
    "purchase": "buyers",
    "read": "readers",
    "remove": "removers",
    "renew": "renewers",
    "request": "requesters",
    "return": "returners",
    "review": "reviewers",
    "screen": "users",
    "search": "searchers",
    "start": "starters",
    "submit": "submitters",
    "track": "trackers",
    "use": "users",
    "view": "viewers",
    "visit": "visitors",
    "watch": "watchers",
}
"""By the plain form of the verb."""

PLAIN = ("click", "login", "open", "screen", "start", "use", "view", "visit")
"""Verbs that tell little: everyone views."""
SUFFERED = ("blocked", "declined", "denied", "failed", "refused", "rejected")
"""What happens to customers, not by them."""
FILLED = ("bag", "basket", "cart")
SMALL = ("a", "an", "and", "for", "from", "in", "of", "on", "the", "to", "with")
MOST_OBJECTS = 2


def doers(activity: str) -> str:
    """Return who does an activity, in the plural, in at most three words."""
    words = _words(activity)
    suffered = next((word for word in words if word in SUFFERED), None)
    if suffered:
        return " ".join([suffered, *_objects(words, suffered), "customers"])
    verb = _verb(words)
    if verb:
        agent, objects = _agent(verb), _objects(words, verb)
        if agent == AGENTS["add"] and set(objects) & set(FILLED):
            agent = "fillers"
        return " ".join([*objects, agent])
    return " ".join([*words[:MOST_OBJECTS], "customers"])


def tells(activity: str) -> bool:
    """Whether who does it is more than a viewer or user of something."""
    verb = _verb(_words(activity))
    return bool(verb) and _stem(str(verb)) not in PLAIN


def _words(activity: str) -> list[str]:
    words = activity.lower().replace("_", " ").replace("-", " ").split()
    return [word for word in words if word not in SMALL]


def _verb(words: list[str]) -> str | None:
    """Return the first word that says what is done: one that is known, or in -ed."""
    known = next((word for word in words if _stem(word) in AGENTS), None)
    return known or next(
        (word for word in words if word.endswith("ed") and len(word) > 4), None
    )


def _stem(word: str) -> str:
    stems = (word, word.removesuffix("ed"), word.removesuffix("d"))
    return next((stem for stem in stems if stem in AGENTS), word)


def _agent(verb: str) -> str:
    # Who subscribed is a subscriber.
    return AGENTS.get(_stem(verb), verb.removesuffix("d") + "rs")


def _objects(words: list[str], verb: str) -> list[str]:
    return [_singular(word) for word in words if word != verb][-MOST_OBJECTS:]


def _singular(word: str) -> str:
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural and len(word) > 3 else word
