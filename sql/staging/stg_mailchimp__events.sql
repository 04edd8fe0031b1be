-- E-mails of Mailchimp campaigns: sent, opened, clicked, bounced; who unsubscribed.
-- key: source, sha256, record_index, event_id
--
-- source         name of the source in the project file, and its table
-- sha256         content that the record stands in
-- record_index   position of the record in that content, from 1
-- event_id       the campaign, the member, what happened, and when
-- written_at     when it happened; of a sending, when the campaign was sent
-- version        when a member was last changed: the newest export wins
-- activity       email_sent, email_opened, email_clicked, email_bounced,
--                email_unsubscribed, list_joined; null for campaigns, and for sendings
--                whose campaign is not known
-- channel        always email
-- identifiers    `type=value` pairs of the person, joined by the unit separator
-- attributes     JSON object: campaign, and those that the source asks for
-- reason         why the record is quarantined; null if it is good

with campaigns as (

    select
        account,
        campaign_id,
        arg_max(title, (sha256, record_index)) as title,
        arg_max(sent_at, (sha256, record_index)) as sent_at
    from raw_mailchimp_campaigns
    group by account, campaign_id

),

done as (

    select
        raw_mailchimp_activity.source,
        raw_mailchimp_activity.account,
        raw_mailchimp_activity.sha256,
        raw_mailchimp_activity.record_index,
        raw_mailchimp_activity.campaign_id,
        raw_mailchimp_activity.member_id,
        raw_mailchimp_activity.occurred_at,
        coalesce(
            cfg_activity_names.activity,
            'email_' || slug(raw_mailchimp_activity.action)
        ) as activity,
        raw_mailchimp_activity.identifiers,
        json_object('bounce_type', raw_mailchimp_activity.bounce_type) as known,
        raw_mailchimp_activity.extra,
        case when raw_mailchimp_activity.action is null then 'no action' end as reason
    from raw_mailchimp_activity
    left join cfg_activity_names
        on
            cfg_activity_names.raw_view = 'raw_mailchimp_activity'
            and lower(raw_mailchimp_activity.action) = cfg_activity_names.written
    union all by name
    select
        source,
        account,
        sha256,
        record_index,
        campaign_id,
        member_id,
        occurred_at,
        'email_unsubscribed' as activity,
        identifiers,
        json_object('reason', why) as known,
        extra
    from raw_mailchimp_unsubscribes
    union all by name
    select
        raw_mailchimp_recipients.source,
        raw_mailchimp_recipients.account,
        raw_mailchimp_recipients.sha256,
        raw_mailchimp_recipients.record_index,
        raw_mailchimp_recipients.campaign_id,
        raw_mailchimp_recipients.member_id,
        campaigns.sent_at as occurred_at,
        case when campaigns.sent_at is not null then 'email_sent' end as activity,
        raw_mailchimp_recipients.identifiers,
        json_object() as known,
        raw_mailchimp_recipients.extra
    from raw_mailchimp_recipients
    left join campaigns
        on
            raw_mailchimp_recipients.account = campaigns.account
            and raw_mailchimp_recipients.campaign_id = campaigns.campaign_id

)

select
    done.source,
    done.sha256,
    done.record_index,
    concat_ws(
        ':',
        done.campaign_id,
        done.member_id,
        coalesce(done.activity, 'recipient'),
        done.occurred_at
    ) as event_id,
    done.occurred_at as written_at,
    cast(null as varchar) as version,
    done.activity,
    'email' as channel,
    done.identifiers,
    with_extra(
        json_merge_patch(
            json_object(
                'campaign_id', done.campaign_id, 'campaign', campaigns.title
            ),
            done.known
        ),
        done.extra
    ) as attributes,
    case when done.member_id is null then 'no member' else done.reason end as reason
from done
left join campaigns
    on done.account = campaigns.account and done.campaign_id = campaigns.campaign_id
union all by name
select
    source,
    sha256,
    record_index,
    concat_ws(':', 'member', list_id, member_id) as event_id,
    joined_at as written_at,
    changed_at as version,
    case when joined_at is not null then 'list_joined' end as activity,
    'email' as channel,
    identifiers,
    extra as attributes,
    case when member_id is null then 'no id' end as reason
from raw_mailchimp_members
union all by name
select
    source,
    sha256,
    record_index,
    'campaign:' || campaign_id as event_id,
    case when campaign_id is null then 'no id' end as reason
from raw_mailchimp_campaigns
