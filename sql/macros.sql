-- Expressions that several models share. They are made before the models are
-- built, and stand in the published DuckDB file too.

-- A number of units since 1970 as a text that names its instant, exact to the
-- microsecond; null if it is none. `unit` is in microseconds.
create or replace macro epoch_time(written, unit) as
    case
        when regexp_full_match(trim(written), '-?\d{1,16}(\.\d{1,9})?')
            then strftime(
                make_timestamp(
                    try_cast(
                        floor(cast(trim(written) as decimal(25, 9)) * unit) as bigint
                    )
                ),
                '%Y-%m-%d %H:%M:%S.%fZ'
            )
    end;

-- Whether a text that holds a time names its offset from UTC, or its zone in full.
-- Letters such as CST or BST name several zones: such a time is never guessed.
create or replace macro has_offset(written) as
    ends_with(written, 'Z')
    or regexp_matches(
        written,
        ':\d{2}(\.\d+)?\s*(Z|UTC|GMT|[+-](0\d|1[0-5])(:?[0-5]\d)?|[A-Za-z]+/[\w/+-]+)\s*$'
    );

-- A text as an instant: one with an offset as it says, one without in the zone given.
-- A time that the zone's clock skipped is moved forward by what it skipped; of two
-- instants that it showed twice, the later one is meant. A day is its start. Null where
-- the text is no time, or could be another one.
create or replace macro instant(written, zone) as
    case
        when ends_with(written, 'Z') then try_cast(written as timestamptz)
        -- More than a date and a time of day: an offset, or nothing that can be read.
        when regexp_matches(written, '[^-\d\s:./T]|:.*-')
            then
                case
                    when has_offset(written)
                        then
                            coalesce(
                                try_cast(written as timestamptz),
                                try_cast(
                                    regexp_replace(written, '\s+([+-])', '\1')
                                    as timestamptz
                                )
                            )
                end
        else timezone(zone, try_cast(written as timestamp))
    end;

-- Why the instant of a text is less sure than it looks: `day` for a date without a
-- time; `gap` for a time that the zone's clock skipped; `overlap` for one that it
-- showed twice. Null for all others. `clock_changes` is as in cfg_sources.
create or replace macro time_flag(written, zone, clock_changes, instant_at) as
    case
        when instant_at is null then null
        when not contains(written, ':') then 'day'
        when clock_changes is null then null
        -- The zone is asked only about days on which its clock changes.
        when
            instant_at >= timestamptz '1990-01-01 00:00:00+00'
            and instant_at < timestamptz '2100-01-01 00:00:00+00'
            then
                case
                    when
                        get_bit(
                            clock_changes,
                            cast(epoch_us(instant_at) // 86400000000 - 7305 as integer)
                        ) = 0
                        or has_offset(written)
                        then null
                    when timezone(zone, instant_at) <> try_cast(written as timestamp)
                        then 'gap'
                    -- The same clock, read with the offset of the day before.
                    when
                        instant_at <> earlier_instant(zone, instant_at)
                        and timezone(zone, instant_at)
                        = timezone(zone, earlier_instant(zone, instant_at))
                        then 'overlap'
                end
    end;

-- When a zone's clock would have shown what it shows at an instant, had it not changed
-- in the day before.
create or replace macro earlier_instant(zone, instant_at) as
    instant_at - interval 24 hour + (
        timezone(zone, instant_at) - timezone(zone, instant_at - interval 24 hour)
    );

-- The value of an attribute of an event, whatever its name holds.
create or replace macro attribute_value(attributes, name) as
    json_extract_string(
        attributes, '/' || replace(replace(name, '~', '~0'), '/', '~1')
    );

-- Whether an identifier is a token that [privacy] put in the place of an address.
create or replace macro is_token(identifier) as
    regexp_full_match(
        identifier, '[ep]_[0-9a-f]{32}(_free|_company|_internal)?(_pattern|_role|_test)?'
    );

-- Why an address that a token stands for links nobody; null if it may link.
create or replace macro token_reason(identifier) as
    nullif(regexp_extract(identifier, '_(pattern|role|test)$', 1), '');

-- A name in lower case, its words joined by underscores.
create or replace macro slug(name) as
    case
        -- Most names are plain words, and need only half the work.
        when regexp_full_match(name, '[A-Za-z0-9]+( [A-Za-z0-9]+)*')
            then replace(lower(name), ' ', '_')
        else trim(regexp_replace(lower(trim(name)), '[^\p{L}\p{N}]+', '_', 'g'), '_')
    end;

-- Why a record without a time that can be read is set aside; null if it has one.
create or replace macro time_problem(written, instant_at) as
    case
        when written is null then 'no time'
        when instant_at is null then 'time not readable'
    end;

-- Identifiers as staging models tell them, a pair added; either may be null.
create or replace macro with_identifier(identifiers, identifier_type, value) as
    nullif(
        concat_ws(
            chr(31), identifiers, identifier_type || '=' || nullif(trim(value), '')
        ),
        ''
    );

-- An amount in a currency's smallest unit as text in its own unit; null if it is no
-- whole number. Currencies without decimals, and with three (ISO 4217, as payment
-- systems use it: Icelandic and Ugandan money is still told with two).
create or replace macro major_units(amount, currency) as
    case
        when not regexp_full_match(trim(amount), '-?\d{1,15}') then null
        when
            upper(trim(currency)) in (
                'BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF',
                'VND', 'VUV', 'XAF', 'XOF', 'XPF'
            )
            then trim(amount)
        when upper(trim(currency)) in ('BHD', 'JOD', 'KWD', 'OMR', 'TND')
            then cast(cast(trim(amount) as decimal(18, 4)) * 0.001 as varchar)
        else cast(cast(trim(amount) as decimal(18, 4)) * 0.01 as varchar)
    end;

-- Attributes that a connector knows, a JSON object, as text; with those that the project
-- file asks for, if it does.
create or replace macro with_extra(known, extra) as
    case
        when extra is null then cast(known as varchar)
        else cast(json_merge_patch(known, extra) as varchar)
    end;

-- The key of an event: the id that its source gave, else a hash of all that the
-- source declared. `part` tells the events of one record apart.
create or replace macro event_key(source_name, given_id, part, declared) as
    source_name || ':' || coalesce(given_id, sha256(declared)) || coalesce(':' || part, '');

-- The state of an activity and which of its executions it is of, as one text; the mere
-- state where no execution is named.
create or replace macro lifecycle_of(lifecycle, instance) as
    nullif(concat_ws(chr(31), lifecycle, instance), '');

-- What a state of the standard life of an activity is: start, end, suspend, resume, or
-- note, of what is not being worked on. Null for states of a source's own.
create or replace macro lifecycle_role(lifecycle) as
    case lower(trim(lifecycle))
        when 'start' then 'start'
        when 'complete' then 'end'
        when 'ate_abort' then 'end'
        when 'pi_abort' then 'end'
        when 'suspend' then 'suspend'
        when 'resume' then 'resume'
        when 'schedule' then 'note'
        when 'assign' then 'note'
        when 'reassign' then 'note'
        when 'withdraw' then 'note'
        when 'autoskip' then 'note'
        when 'manualskip' then 'note'
    end;

-- The key of an event of which a source keeps several tellings; the first keeps its own.
create or replace macro copy_key(event_id, copy_index) as
    case when copy_index > 1 then event_id || '#' || copy_index else event_id end;

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

-- What a touchpoint is called: as a rule of the project names it (`touchpoint` of the
-- row of cfg_rules whose rule_index is the event's rule_code), else the activity on its
-- channel. Every table that names touchpoints does it so, or they could not be joined.
create or replace macro touchpoint_name(ruled, activity, channel) as
    coalesce(ruled, activity || ' · ' || channel);

-- Which rate is the headline of a funnel: the estimate, where at least 30 units had
-- neither reached the step nor been censored before the end of the window; else that
-- of mature entries; else none.
create or replace macro conversion_basis(rate_km, at_risk_at_window, entered_mature) as
    case
        when rate_km is not null and at_risk_at_window >= 30 then 'rate_km'
        when entered_mature > 0 then 'rate_mature'
    end;

-- The value of the rate that a basis names.
create or replace macro rate_of_basis(basis, km, mature) as
    case basis when 'rate_km' then km when 'rate_mature' then mature end;

-- Why there is no headline; null if there is one.
create or replace macro conversion_reason(basis, entered) as
    case
        when basis is not null then null
        when entered = 0 then 'nobody entered'
        else 'no entry has had its whole window yet'
    end;

-- How many independent trials would tell as much of a share as k out of n do, where n
-- trials are of some groups (customers) and those of one group are alike: share * (1 -
-- share) / its variance over the groups (Kish 1965); at most n, and where all groups
-- agree, as many as the groups. kk, kn and nn are sums over the groups of products of
-- their own k and n. For Wilson's interval of share * units out of units.
create or replace macro effective_units(k, n, groups, kk, kn, nn) as
    case
        when groups < 2 or kk - 2.0 * k / n * kn + (1.0 * k / n) * (1.0 * k / n) * nn < 1e-9
            then groups
        else
            least(
                n,
                (1.0 * k) * (n - k) * (groups - 1) / groups
                / (kk - 2.0 * k / n * kn + (1.0 * k / n) * (1.0 * k / n) * nn)
            )
    end;

-- Whether a unit of a funnel has reached a step: an optional one by its bit in `held`.
create or replace macro has_step(depth, held, step_index, is_optional) as
    case
        when is_optional then coalesce((held >> (step_index - 1)) & 1 = 1, false)
        else coalesce(depth >= step_index, false)
    end;

-- The channel on which a visit came, by the medium of its campaign, or as an analytics
-- tool names what it saw; null where it came on its own, or nothing tells.
create or replace macro channel_of_medium(medium) as
    case
        when regexp_full_match(
            lower(medium), 'cpc|ppc|cpm|cpv|cpa|display|banner|ads?|retargeting|paid.*'
        )
            then 'ads'
        when regexp_full_match(
            lower(medium), 'social([-_ ]?(network|media|organic))?|organic[-_ ]social|sm'
        )
            then 'social'
        when regexp_full_match(lower(medium), 'e[-_ ]?mail|newsletter') then 'email'
        when regexp_full_match(lower(medium), 'affiliates?') then 'affiliate'
        when lower(medium) in ('organic', 'search') then 'search'
        when lower(medium) = 'referral' then 'referral'
    end;

-- The path of a page: an address without host, query and fragment, which may hold what
-- is personal.
create or replace macro page_path(address) as
    case
        when regexp_matches(address, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]')
            then
                coalesce(
                    nullif(regexp_extract(address, '^[^:]+://[^/?#]*([^?#]*)', 1), ''),
                    '/'
                )
        else nullif(regexp_extract(address, '^(/[^?#]*)', 1), '')
    end;

-- Whether a text says yes, as exports write it; false where it is missing.
create or replace macro says_yes(written) as
    coalesce(lower(trim(written)) in ('true', 't', 'yes', 'y', '1'), false);

-- A value in the query of an address; null if it is not there, or cannot be decoded.
create or replace macro query_value(address, name) as
    nullif(
        try(
            url_decode(
                replace(
                    regexp_extract(address, '[?&]' || name || '=([^&#]*)', 1), '+', ' '
                )
            )
        ),
        ''
    );

-- A span of time in microseconds as days, to the nearest whole one.
create or replace macro whole_days(span_us) as
    cast(round(span_us / 86400000000) as bigint);

-- A number with its noun: no days, 1 day, 2 days.
create or replace macro counted(number, noun) as
    case when number = 0 then 'no' else cast(number as varchar) end
    || ' ' || noun || case when number = 1 then '' else 's' end;

-- How long ago something was, in words.
create or replace macro ago(days) as
    case when days = 0 then 'within the last day' else counted(days, 'day') || ' ago' end;

-- What lies between two shares of a whole, in whole parts: parts that follow one another
-- from 0 to 1 add up to the whole.
create or replace macro share_between(whole, share_before, share_reached) as
    cast(round(whole * share_reached) as bigint)
    - cast(round(whole * share_before) as bigint);
