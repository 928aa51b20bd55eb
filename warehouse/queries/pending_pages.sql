-- One row per page that is due for a fetch at $now, the most wanted first; the first of each host before the second of any,
-- since a run of pages of one host would wait for that host alone.
WITH due AS (
    SELECT
        *,
        CASE
            WHEN fetches = 0 OR changed_at > last_at THEN 1
            WHEN last_outcome = 'failed' AND NOT last_permanent AND failures < $tries
                AND last_at + to_seconds($first_retry * 4 ** (failures - 1)) <= $now THEN 2
            -- What is off the topic is remembered, and not visited again unless its source says that it changed.
            WHEN last_outcome IN ('page', 'unchanged') AND off_topic IS NOT TRUE AND EXISTS (
                SELECT 1
                FROM (SELECT unnest($revisit::DOUBLE[]) AS delay)
                WHERE first_seen + to_seconds(delay) > last_at AND first_seen + to_seconds(delay) <= $now
            ) THEN 3
        END AS urgency
    FROM pages
)
SELECT url, source_id, item, etag, last_modified, fetches
FROM due
WHERE urgency IS NOT NULL AND first_seen <= $now
ORDER BY
    urgency,
    row_number() OVER (PARTITION BY urgency, split_part(page_key, '/', 1) ORDER BY first_seen, page_key),
    first_seen,
    page_key
LIMIT $limit
