-- One row per source ever polled: when it is due next, and the validators of its last answer.
-- A 304 without validators leaves those of the answer before it in force (RFC 9110, 15.4.5); a failure does too.
SELECT
    source_id,
    arg_max(next_at, polled_at) AS next_at,
    (arg_max({'v': etag}, polled_at) FILTER (WHERE answered)).v AS etag,
    (arg_max({'v': last_modified}, polled_at) FILTER (WHERE answered)).v AS last_modified
FROM (
    SELECT
        *,
        outcome = 'items'
            OR (outcome = 'unchanged' AND (etag IS NOT NULL OR last_modified IS NOT NULL)) AS answered
    FROM polls
)
GROUP BY source_id
