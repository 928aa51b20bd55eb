-- One row per page that is due for a fetch at $now, the most wanted first; the first of each host before the second of any,
-- since a run of pages of one host would wait for that host alone.
WITH told AS (
    SELECT unnest(list_concat(before ->> '$[*].claim_id', after ->> '$[*].claim_id')) AS claim_id
    FROM findings
    WHERE finding_id IN (
        SELECT finding_id
        FROM digest_findings
        JOIN digests USING (digest_id)
        WHERE digests.until > $cited_since AND digests.until <= $now
    )
),
-- Pages whose claims readers were told of lately: what changes there changes what they were told.
cited AS (
    SELECT DISTINCT u.url_key AS page_key
    FROM claims AS c
    JOIN article_urls AS u USING (article_id)
    WHERE c.claim_id IN (SELECT claim_id FROM told WHERE claim_id IS NOT NULL)
),
-- Pages of articles that were good once and were not found since, for less than $confirm: one more look makes sure.
lost AS (
    SELECT page_key, max(fetched_at) FILTER (WHERE outcome NOT IN ('gone', 'failed')) AS last_good
    FROM fetches
    WHERE page_key IN (SELECT page_key FROM pages WHERE last_outcome = 'gone')
    GROUP BY page_key
),
doubtful AS (
    SELECT p.page_key
    FROM pages AS p
    JOIN article_urls AS u ON u.url_key = p.page_key
    JOIN lost AS l ON l.page_key = p.page_key
    JOIN fetches AS f ON f.page_key = p.page_key AND f.outcome = 'gone' AND f.fetched_at > l.last_good
    WHERE p.last_outcome = 'gone' AND p.last_at + to_seconds($confirm) <= $now
    GROUP BY p.page_key, p.last_at
    HAVING p.last_at - min(f.fetched_at) < to_seconds($confirm)
),
due AS (
    SELECT
        p.*,
        CASE
            WHEN fetches = 0 OR changed_at > last_at THEN 1
            WHEN last_outcome = 'failed' AND NOT last_permanent AND failures < $tries
                AND last_at + to_seconds($first_retry * 4 ** (failures - 1)) <= $now THEN 2
            WHEN d.page_key IS NOT NULL THEN 2
            -- What is off the topic is remembered, and not visited again unless its source says that it changed.
            WHEN (last_outcome IN ('page', 'unchanged') OR (last_outcome = 'gone' AND final_url IS NOT NULL))
                AND off_topic IS NOT TRUE AND EXISTS (
                SELECT 1
                FROM (
                    SELECT unnest(
                        CASE WHEN c.page_key IS NULL THEN $revisit::DOUBLE[] ELSE $revisit_cited::DOUBLE[] END
                    ) AS delay
                )
                WHERE first_seen + to_seconds(delay) > last_at AND first_seen + to_seconds(delay) <= $now
            ) THEN 3
        END AS urgency
    FROM pages AS p
    LEFT JOIN cited AS c USING (page_key)
    LEFT JOIN doubtful AS d USING (page_key)
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
