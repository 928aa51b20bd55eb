-- One row per source asked for (`asked`) that was ever looked at: its last answered look, how many items were listed last, and
-- the failures in a row since.
SELECT
    source_id,
    any_value(last_good) AS last_good,
    arg_max(items, polled_at) FILTER (WHERE outcome = 'items' AND items > 0) AS last_listed,
    count(*) FILTER (WHERE outcome = 'failed' AND polled_at > coalesce(last_good, '-infinity'::TIMESTAMPTZ)) AS failures
FROM (
    SELECT
        source_id,
        polled_at,
        outcome,
        items,
        max(polled_at) FILTER (WHERE outcome <> 'failed') OVER (PARTITION BY source_id) AS last_good
    FROM polls
    WHERE source_id IN (SELECT source_id FROM asked)
)
GROUP BY source_id
