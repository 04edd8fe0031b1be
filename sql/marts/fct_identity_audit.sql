-- One row per decision on identities: each cut, each merge of two accounts into one
-- customer, each identifier whose customer_id is another than in the snapshot before.
-- key: audit_index
--
-- audit_index        number of the row, from 1: by action, reason and identifiers
-- action             cut, merge; split_from, merged_into or reassigned
-- reason             of a cut: pattern, placeholder, role, test, shared or bridge; of a
--                    merge: alias, merge, login, seen_together or probable; of a
--                    change: snapshot
-- identifier_type    type of the identifier
-- identifier         the identifier that is cut or has changed; of a merge or a bridge
--                    one end of the link
-- other_type         type of the other end; of a shared identifier the type that it
--                    stands beside too often; else null
-- other_identifier   the other end of a merge or a bridge; else null
-- customer_id        customer of the identifier
-- former_customer_id  its customer in the snapshot before; null unless that has changed
-- source             where the link was first seen; null for other rows
-- first_at           when the link or the identifier was first seen, UTC
-- records            events that tell the link; 0 for other rows
-- values_beside      values of other_type beside a shared identifier; else 0
-- probability        of the link; 1 for other rows

with links as (

    select
        'cut' as action,
        'bridge' as reason,
        left_code,
        right_code
    from py_identity_bridges
    union all
    -- A probable link is always worth a question.
    select
        'merge' as action,
        int_identity_edges.kind as reason,
        py_identity_joins.left_code,
        py_identity_joins.right_code
    from py_identity_joins
    inner join int_identity_edges
        on
            py_identity_joins.left_code = int_identity_edges.left_code
            and py_identity_joins.right_code = int_identity_edges.right_code
    where py_identity_joins.is_merge or int_identity_edges.kind = 'probable'

),

decisions as (

    select
        links.action,
        links.reason,
        links.left_code as identifier_code,
        others.identifier_type as other_type,
        others.identifier as other_identifier,
        cast(null as varchar) as former_customer_id,
        int_identity_edges.source,
        int_identity_edges.first_at,
        int_identity_edges.records,
        0 as values_beside,
        int_identity_edges.probability
    from links
    inner join int_identity_edges
        on
            links.left_code = int_identity_edges.left_code
            and links.right_code = int_identity_edges.right_code
    inner join int_identifiers as others on links.right_code = others.identifier_code
    union all
    select
        'cut' as action,
        reason,
        identifier_code,
        beside_type as other_type,
        null as other_identifier,
        null as former_customer_id,
        null as source,
        null as first_at,
        0 as records,
        values_beside,
        1 as probability
    from int_identity_cuts
    union all
    select
        action,
        'snapshot' as reason,
        identifier_code,
        null as other_type,
        null as other_identifier,
        former_customer_id,
        null as source,
        null as first_at,
        0 as records,
        0 as values_beside,
        1 as probability
    from int_identity_changes

)

select
    row_number() over (
        order by
            decisions.action,
            decisions.reason,
            int_identities.identifier_type,
            int_identities.identifier,
            decisions.other_type,
            decisions.other_identifier
    ) as audit_index,
    decisions.action,
    decisions.reason,
    int_identities.identifier_type,
    int_identities.identifier,
    decisions.other_type,
    decisions.other_identifier,
    int_identities.customer_id,
    decisions.former_customer_id,
    decisions.source,
    coalesce(decisions.first_at, int_identities.first_at) as first_at,
    decisions.records,
    decisions.values_beside,
    decisions.probability
from decisions
inner join int_identities
    on decisions.identifier_code = int_identities.identifier_code
order by audit_index
