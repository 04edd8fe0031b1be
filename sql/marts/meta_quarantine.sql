-- One row per record that is set aside. Its bytes stay in the landing folder.
-- key: source, sha256, record_index
--
-- source        name in the project file
-- file          path, relative to the project file
-- sha256        of the file as it lies
-- record_index  position of the record in the file, from 1
-- stage         framing: it is no record of its file; contract: its file breaks the
--               contract of its source; staging: its values are no event
-- line          line it begins on, from 1; null in formats without lines
-- byte_offset   where it begins in the decoded text; null in formats without lines
-- reason        why; holds no values

with set_aside as (

    select
        source,
        sha256,
        record_index,
        stage,
        line,
        byte_offset,
        reason
    from raw_quarantine
    union all
    select
        int_rejected.source,
        int_rejected.sha256,
        int_rejected.record_index,
        'staging' as stage,
        py_places.line,
        py_places.byte_offset,
        int_rejected.reason
    from int_rejected
    left join py_places
        on
            int_rejected.source = py_places.source
            and int_rejected.sha256 = py_places.sha256
            and int_rejected.record_index = py_places.record_index

)

select
    set_aside.source,
    raw_loads.file,
    set_aside.sha256,
    set_aside.record_index,
    set_aside.stage,
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
