-- The distinct paths that one pattern is found in; run once per pattern.
-- key: pattern, path
--
-- pattern  $pattern
-- path     a path that $expression is found in

select distinct
    cast($pattern as varchar) as pattern,
    path
from int_pattern_paths
where regexp_matches(path, $expression)
