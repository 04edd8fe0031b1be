-- The distinct ways through an expected journey: what is aligned, once for all journeys
-- that are alike in it.
-- key: variant_code
--
-- variant_code  number of the variant, from 1
-- expected      the expected journey: a persona, or `all`
-- ending        converted, lost, or open
-- path          symbols of the events in order
-- journeys      how many go so

select
    row_number() over (order by expected, ending, path) as variant_code,
    expected,
    ending,
    path,
    count(*) as journeys
from int_expected_paths
group by expected, ending, path
