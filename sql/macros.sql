-- Expressions that several models share. They are made before the models are
-- built, and stand in the published DuckDB file too.

-- A text as an instant: one with an offset or a zone as it says, one without in the
-- zone given. Null where the text is no time; `infinity` is none.
create or replace macro instant(written, zone) as
    nullif(
        case
            when
                regexp_matches(
                    written, ':\d{2}(\.\d+)?\s*([A-Za-z][\w/+-]*|[+-]\d{2}(:?\d{2})?)$'
                )
                then try_cast(written as timestamptz)
            else timezone(zone, try_cast(written as timestamp))
        end,
        timestamptz 'infinity'
    );

-- The value of an attribute of an event, whatever its name holds.
create or replace macro attribute_value(attributes, name) as
    json_extract_string(
        attributes, '/' || replace(replace(name, '~', '~0'), '/', '~1')
    );

-- A name in lower case, its words joined by underscores.
create or replace macro slug(name) as
    case
        -- Most names are plain words, and need only half the work.
        when regexp_full_match(name, '[A-Za-z0-9]+( [A-Za-z0-9]+)*')
            then replace(lower(name), ' ', '_')
        else trim(regexp_replace(lower(trim(name)), '[^\p{L}\p{N}]+', '_', 'g'), '_')
    end;

-- The key of an event: the id that its source gave, else a hash of all that the
-- source declared. `part` tells the events of one record apart.
create or replace macro event_key(source_name, given_id, part, declared) as
    source_name || ':' || coalesce(given_id, sha256(declared)) || coalesce(':' || part, '');

-- 95 % Wilson score interval of k out of n (Wilson 1927); null if n is 0. `greatest`
-- and `least` pass over nulls, so an empty group must be caught before them.
create or replace macro wilson_low(k, n) as
    case
        when n > 0
            then
                greatest(
                    0,
                    (k + 1.9207294 - 1.959964 * sqrt(k * (n - k) / n + 0.9603647))
                    / (n + 3.8414588)
                )
    end;

create or replace macro wilson_high(k, n) as
    case
        when n > 0
            then
                least(
                    1,
                    (k + 1.9207294 + 1.959964 * sqrt(k * (n - k) / n + 0.9603647))
                    / (n + 3.8414588)
                )
    end;
