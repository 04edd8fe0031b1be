"""Who is who does not depend on whether addresses or tokens say it."""

import random

from tests.core.bench import Bench, ResultOf
from tests.core.test_identity import customers
from tests.core.test_identity_guards import seen

from journeymine.privacy.tokens import Rules, Tokens

TOKENS = Tokens(b"a key of 16 bytes", Rules(("email",), ignore={"email": ("*@qa.*",)}))
EMAILS = (
    *(f"{name}@shop.de" for name in ("ann", "bob", "cem", "dee", "eli", "fay")),
    *("info@shop.de", "info@acme.com", "test@acme.com", "ann@qa.de", "unknown"),
    *("tester@gmail.com", "eve@gmail.com", "eve.e@gmail.com", "not an address"),
)


def tokenised(pair: str) -> str:
    kind, _, value = pair.partition("=")
    if kind == "email":
        return f"email={TOKENS.of('email', value)}"
    return f"{kind}={TOKENS.within(value)}"


def test_tokens_link_nobody_where_their_addresses_do_not(
    bench: Bench, result_of: ResultOf
) -> None:
    bench.set_project('[identity.ignore]\nemail = ["*@qa.*"]')
    values = ["ann@shop.de", "info@shop.de", "test@x.de", "ann@qa.de", "unknown", "x"]
    pairs = [f"email={one}" for one in values] + ["user_id=info@shop.de"]
    found = []
    for told in (pairs, [tokenised(one) for one in pairs]):
        bench.given(stg_events=seen(*told))
        rows = result_of("int_identifiers", "identifier", "ignored_as")
        reasons = {row[0]: row[1] for row in rows}
        found.append([reasons[one.partition("=")[2]] for one in told])
    assert found[0] == [None, "role", "test", "pattern", "placeholder", None, "role"]
    assert found[1] == found[0]


def test_a_pattern_of_the_project_is_not_compared_with_tokens(
    bench: Bench, result_of: ResultOf
) -> None:
    bench.set_project('[identity.ignore]\nemail = ["e*"]')
    bench.given(stg_events=seen(tokenised("email=ann@shop.de"), "email=eve@shop.de"))
    reasons = [row[0] for row in result_of("int_identifiers", "ignored_as")]
    assert sorted(map(str, reasons)) == ["None", "pattern"]


def test_the_same_customers_come_of_addresses_and_of_tokens(
    bench: Bench, result_of: ResultOf
) -> None:
    bench.set_project('[identity.ignore]\nemail = ["*@qa.*"]')
    rng = random.Random(7)
    for _ in range(6):
        sets = [_identifiers(rng) for _ in range(60)]
        plain = [", ".join(pairs) for pairs in sets]
        masked = [", ".join(map(tokenised, pairs)) for pairs in sets]
        bench.given(stg_events=seen(*plain))
        expected = {
            frozenset(tokenised(pair) for pair in one) for one in customers(result_of)
        }
        bench.given(stg_events=seen(*masked))
        assert customers(result_of) == expected


def _identifiers(rng: random.Random) -> list[str]:
    pairs = [
        f"email={rng.choice(EMAILS)}",
        f"user_id={rng.choice(['u1', 'u2', 'u3', 'u4', 'eve@gmail.com'])}",
        f"cookie=c{rng.randrange(40)}",
        f"crm={rng.randrange(30)}",
    ]
    return rng.sample(pairs, rng.randrange(1, 4))
