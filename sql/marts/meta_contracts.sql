-- One row per way in which a file differs from the columns that its source promises.
-- key: source, file, sha256, column_name, finding
--
-- source       name in the project file
-- file         path, relative to the project file
-- sha256       of the file as it lies
-- column_name  the promised column, or the new one; of JSON a top-level key
-- finding      new, missing, renamed, case_changed, reordered or type_drifted
-- expected     name or type that was expected; null if it is new
-- found        name or type that was found; null if it is missing
-- action       noted: the records count; quarantined: all of the file are set aside

select
    source,
    file,
    sha256,
    column_name,
    finding,
    expected,
    found,
    action
from raw_contracts
order by source, file, sha256, column_name, finding
