"""Whose customer_id is another than in the snapshot before."""

from tests.core.bench import Bench, Given, ResultOf
from tests.core.test_identity_guards import seen

CHANGES = ("action", "identifier", "former_customer_id")


def test_what_is_as_before_and_what_is_new_is_no_change(
    bench: Bench, result_of: ResultOf
) -> None:
    bench.given(stg_events=seen("user_id=1, device=d", "user_id=2"))
    rows = result_of("dim_identities", "identifier_type", "identifier", "customer_id")
    kinds, values, ids = (list(column) for column in zip(*rows[:2], strict=True))
    bench.given(
        py_former_identities={
            "identifier_type": kinds,
            "identifier": values,
            "customer_id": ids,
        }
    )
    assert result_of("fct_identity_audit", *CHANGES) == []


def test_a_changed_customer_id_says_from_what_it_came(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events=seen(
            "user_id=1, device=d",
            "user_id=2",
            "user_id=3, device=e",
            "user_id=4, device=f",
        ),
        py_former_identities="""
            identifier_type | identifier | customer_id
            user_id         | 1          | one
            device          | d          | other
            user_id         | 2          | two
            user_id         | 3          | three
            device          | e          | three
            user_id         | 4          | crowd
            device          | f          | alone
            user_id         | 5          | gone
        """,
    )
    assert result_of("fct_identity_audit", *CHANGES) == [
        ("merged_into", "1", "one"),
        ("merged_into", "4", "crowd"),
        ("merged_into", "d", "other"),
        ("merged_into", "f", "alone"),
        ("reassigned", "2", "two"),
        ("reassigned", "3", "three"),
        ("reassigned", "e", "three"),
    ]
    given(
        stg_events=seen("user_id=1", "device=d"),
        py_former_identities="""
            identifier_type | identifier | customer_id
            user_id         | 1          | one
            device          | d          | one
        """,
    )
    assert result_of("fct_identity_audit", *CHANGES) == [
        ("split_from", "1", "one"),
        ("split_from", "d", "one"),
    ]
