-- One row per review in Google Play, with the stars that its last change gave.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       app, time, device and language: only a review with text has a link
-- written_at     when it was first written
-- version        when it was last changed: the newest export wins
-- activity       review_written
-- channel        always app
-- identifiers    null unless the source names some: nobody says who wrote it
-- attributes     JSON object: stars, text, language, device, app_version, and those
--                that the source asks for

select
    source,
    sha256,
    record_index,
    concat_ws(':', package, written_at, device, language) as event_id,
    written_at,
    changed_at as version,
    'review_written' as activity,
    'app' as channel,
    identifiers,
    with_extra(
        json_object(
            'stars', stars,
            'text', words,
            'language', language,
            'device', device,
            'app_version', app_version
        ),
        extra
    ) as attributes
from raw_google_play
