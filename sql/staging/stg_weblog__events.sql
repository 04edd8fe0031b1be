-- One row per line of an access log. What robots ask for, and what a page is made of,
-- tells no event (no activity).
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       hash of the line: a log that is read twice tells its lines once
-- written_at     when the request came, with its offset
-- activity       view_<page>, download_<file>, send_<page> for what is posted, by the
--                path without query and ids; page_not_found, page_failed
-- channel        ads, email, social, affiliate, search or referral where a campaign or
--                the page before tells it, else web
-- is_customer    true: only visitors ask
-- identifiers    `type=value` pairs of the person, joined by the unit separator: a hash
--                of address and browser, which is weak, and the user who logged in
-- attributes     JSON object: page, status, device, referrer (its host), campaign, and
--                those that the source asks for
-- reason         why the record is quarantined; null if it is good

with parsed as (

    select
        *,
        regexp_extract(
            line,
            '^(?:[A-Za-z]\S*:\d+ )?(\S+) \S+ (.*?) \[([^\]]+)\] '
            || '"((?:[^"\\]|\\.)*)" (\d{3}) (?:\d+|-)'
            || '(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?'
            || '(?: "[^"]*"| [^\s"]+)*\s*$',
            ['host', 'login', 'at', 'request', 'status', 'referrer', 'agent']
        ) as told
    from raw_weblog

),

asked as (

    select
        *,
        told['host'] is null or told['host'] = '' as is_garbled,
        try_strptime(told['at'], '%d/%b/%Y:%H:%M:%S %z') as came_at,
        cast(nullif(told['status'], '') as integer) as status,
        regexp_extract(
            told['request'], '^([A-Z]+) (\S+)(?: HTTP/[\d.]+)?$', ['method', 'address']
        ) as request,
        told['agent'] = '-'
        or regexp_matches(
            lower(told['agent']),
            'bot|crawl|spider|slurp|feed|rss|fetch|archive|preview|externalhit|monitor'
            || '|pingdom|lighthouse|headless|phantom|nutch|validator|checker|curl|wget'
            || '|python|ruby|perl|php|java/|http.?client|http_request|go-http'
        ) as is_robot
    from parsed

),

placed as (

    select
        *,
        -- A session's number may follow the path.
        regexp_replace(
            page_path(request['address']), '(?i);jsessionid=[^/]*', ''
        ) as page,
        lower(regexp_extract(page, '\.([A-Za-z][A-Za-z0-9]{0,11})$', 1)) as suffix,
        array_to_string(
            list_filter(
                string_split(
                    regexp_replace(
                        lower(coalesce(try(url_decode(page)), page)),
                        '(/index)?\.[a-z][a-z0-9]{0,11}$', ''
                    ),
                    '/'
                ),
                lambda part: not regexp_full_match(
                    part,
                    '\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,}'
                )
            ),
            '/'
        ) as place,
        lower(regexp_extract(told['referrer'], '^https?://([^/:?#]+)', 1)) as referrer
    from asked

),

judged as (

    select
        *,
        coalesce(nullif(slug(place), ''), 'home') as name,
        case
            when is_robot or request['method'] not in ('GET', 'POST') then null
            when regexp_matches(page, '/(feed|rss|atom)/?$') then null
            when
                suffix in (
                    '', 'html', 'htm', 'xhtml', 'php', 'asp', 'aspx', 'jsp', 'do', 'cgi'
                )
                then 'page'
            when
                suffix in (
                    'pdf', 'zip', 'gz', 'tgz', 'bz2', 'xz', '7z', 'jar', 'war', 'deb',
                    'rpm', 'exe', 'msi', 'dmg', 'pkg', 'apk', 'iso', 'csv', 'doc',
                    'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'odt', 'epub', 'mp3', 'mp4'
                )
                then 'file'
        end as kind
    from placed

),

named as (

    select
        *,
        case
            when kind is null then null
            when status in (404, 410) then 'page_not_found'
            when status >= 500 then 'page_failed'
            when request['method'] = 'POST'
                then if(status < 300 or status in (302, 303), 'send_' || name, null)
            when status in (200, 203, 304)
                then case kind when 'page' then 'view_' else 'download_' end || name
        end as activity
    from judged

)

select
    source,
    sha256,
    record_index,
    sha256(line) as event_id,
    cast(came_at as varchar) as written_at,
    activity,
    coalesce(
        channel_of_medium(query_value(request['address'], 'utm_medium')),
        case
            when
                regexp_matches(
                    referrer,
                    '(^|\.)(google|bing|yahoo|duckduckgo|baidu|yandex|ecosia|qwant)\.'
                )
                then 'search'
            when
                regexp_matches(
                    referrer,
                    '(^|\.)(facebook|instagram|linkedin|twitter|x|t|reddit|pinterest'
                    || '|youtube|tiktok|xing)\.(com|co|net)$'
                )
                then 'social'
        end,
        'web'
    ) as channel,
    true as is_customer,
    case
        when activity is not null
            then
                with_identifier(
                    'visitor_id='
                    || left(sha256(told['host'] || chr(31) || told['agent']), 32),
                    'user_id',
                    nullif(told['login'], '-')
                )
    end as identifiers,
    with_extra(
        json_object(
            'page', page,
            'status', cast(status as varchar),
            'device',
            case
                when regexp_matches(lower(told['agent']), 'ipad|tablet') then 'tablet'
                when regexp_matches(lower(told['agent']), 'mobi|iphone|android')
                    then 'mobile'
                else 'desktop'
            end,
            'referrer', nullif(referrer, ''),
            'campaign', query_value(request['address'], 'utm_campaign')
        ),
        extra
    ) as attributes,
    case
        when is_garbled then 'no line of an access log'
        when came_at is null then 'time not readable'
    end as reason
from named
