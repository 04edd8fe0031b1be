-- One row per record that is set aside. Its bytes stay in the landing folder.
-- key: source, sha256, record_index
--
-- source        name in the project file
-- file          path, relative to the project file
-- sha256        of the file as it lies
-- record_index  position of the record in the file, from 1
-- line          line it begins on, from 1; null if it was framed well
-- byte_offset   where it begins in the decoded text; null if it was framed well
-- reason        why; holds no values

with set_aside as (

    select
        source,
        sha256,
        record_index,
        line,
        byte_offset,
        reason
    from raw_quarantine
    union all
    select
        source,
        sha256,
        record_index,
        null as line,
        null as byte_offset,
        reason
    from int_rejected

)

select
    set_aside.source,
    raw_loads.file,
    set_aside.sha256,
    set_aside.record_index,
    set_aside.line,
    set_aside.byte_offset,
    set_aside.reason
from set_aside
inner join raw_loads
    on
        set_aside.source = raw_loads.source
        and set_aside.sha256 = raw_loads.sha256
        and raw_loads.is_first
order by set_aside.source, raw_loads.file, set_aside.sha256, set_aside.record_index
