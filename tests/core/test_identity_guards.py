"""What links too much is cut, and nothing is dropped."""

from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.core.test_identity import customers

CUTS = ("identifier_type", "identifier", "reason", "other_type", "values_beside")


def seen(*sets: str) -> dict[str, list[object]]:
    """Return one event per set of identifiers, a minute after the other."""
    return {
        "identifiers": [one.replace(", ", chr(31)) for one in sets],
        "occurred_at": [
            f"2024-05-01 {n // 60:02}:{n % 60:02}" for n in range(len(sets))
        ],
        "activity": ["view"] * len(sets),
    }


def test_placeholders_roles_and_tests_link_nobody(
    bench: Bench, result_of: ResultOf
) -> None:
    for shared, reason in (
        ("user_id=NULL", "placeholder"),
        ("user_id=0", "placeholder"),
        ("device=00000000-0000-0000-0000-000000000000", "placeholder"),
        ("email=Info@shop.example", "role"),
        ("email=test@shop.example", "test"),
        ("user_id=test", "test"),
    ):
        bench.given(stg_events=seen(f"{shared}, crm=1", f"{shared}, crm=2", shared))
        assert customers(result_of) == {
            frozenset({"crm=1"}),
            frozenset({"crm=2"}),
            frozenset({shared}),
        }
        assert result_of("fct_identity_audit", *CUTS) == [
            (*shared.split("=", 1), reason, None, 0)
        ]


def test_the_project_names_patterns_that_link_nobody(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[identity.ignore]\nemail = ["*@qa.Example"]')
    given(
        stg_events=seen(
            "crm=1, email=A@qa.example",
            "crm=2, email=A@qa.example",
            "user_id=x@qa.example",
        )
    )
    assert len(customers(result_of)) == 4
    assert result_of("fct_identity_audit", *CUTS) == [
        ("email", "A@qa.example", "pattern", None, 0)
    ]


def test_an_event_beside_a_cut_identifier_belongs_to_its_other_one(
    bench: Bench, result_of: ResultOf
) -> None:
    bench.given(
        stg_events=seen("email=info@x.y, user_id=u1", "email=info@x.y", "user_id=u1")
    )
    bench.build("dim_identities")
    found = result_of(
        "fct_events inner join dim_identities on fct_events.customer_id"
        " = dim_identities.customer_id",
        "event_id",
        "identifier",
        "is_cut",
    )
    assert [row[1:] for row in found] == [
        ("u1", False),
        ("info@x.y", True),
        ("u1", False),
    ]


def test_a_machine_of_more_persons_than_its_limit_links_nobody(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project("[identity.limits]\ndevice = 2")
    kiosk = [f"device=kiosk, user_id=u{number}" for number in (1, 2, 3)]
    given(stg_events=seen("device=home, user_id=v1", "device=home, user_id=v2", *kiosk))
    assert customers(result_of) == {
        frozenset({"device=home", "user_id=v1", "user_id=v2"}),
        *(frozenset({f"user_id=u{number}"}) for number in (1, 2, 3)),
        frozenset({"device=kiosk"}),
    }
    assert result_of("fct_identity_audit", *CUTS, where="action = 'cut'") == [
        ("device", "kiosk", "shared", "user_id", 3)
    ]


def test_without_a_setting_a_machine_may_stand_beside_five_and_an_address_beside_ten(
    bench: Bench, result_of: ResultOf
) -> None:
    for shared, most in (("device=d", 5), ("email=e@x.y", 10)):
        sets = [f"{shared}, user_id=u{number}" for number in range(1, most + 2)]
        bench.given(stg_events=seen(*sets[:-1]))
        assert len(customers(result_of)) == 1
        bench.given(stg_events=seen(*sets))
        assert len(customers(result_of)) == most + 2


def test_values_that_link_nobody_and_machines_do_not_count_towards_a_limit(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project("[identity.limits]\ndevice = 1\nuser_id = 1")
    given(
        stg_events=seen(
            "device=d, user_id=u", "device=d, user_id=0", "device=e, user_id=u"
        )
    )
    assert customers(result_of) == {
        frozenset({"device=d", "device=e", "user_id=u"}),
        frozenset({"user_id=0"}),
    }


def test_the_project_says_which_types_are_strong(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    row = "crm=1, device=d, visitor_id=v"
    given(stg_events=seen(row))
    strengths = ("int_identifiers", "identifier_type", "is_strong")
    assert result_of(*strengths) == [
        ("crm", True),
        ("device", False),
        ("visitor_id", False),
    ]
    project('[identity]\nstrong = ["visitor_id"]')
    given(stg_events=seen(row))
    assert result_of(*strengths) == [
        ("crm", False),
        ("device", False),
        ("visitor_id", True),
    ]
