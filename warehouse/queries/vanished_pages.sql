-- One row per article on the topic whose page, just asked for (`fetched`), is no longer there: not found at two looks in a
-- row, or gone for good by its server's own word. None that is known to be gone since.
WITH looks AS (
    SELECT
        u.article_id,
        f.fetched_at,
        f.outcome,
        f.http_status,
        row_number() OVER (PARTITION BY u.article_id ORDER BY f.fetched_at DESC) AS place
    FROM fetches AS f
    JOIN article_urls AS u ON u.url_key = f.page_key
    WHERE u.article_id IN (SELECT article_id FROM article_urls WHERE url_key IN (SELECT page_key FROM fetched))
),
gone AS (
    SELECT article_id, min(fetched_at) AS gone_at, arg_max(http_status, fetched_at) AS http_status
    FROM looks
    WHERE place <= 2 AND outcome = 'gone'
    GROUP BY article_id
    HAVING bool_or(place = 1) AND (count(*) = 2 OR bool_or(http_status = 410))
)
SELECT g.article_id, g.gone_at, g.http_status
FROM gone AS g
WHERE (SELECT arg_max(on_topic, revision) FROM revisions AS r WHERE r.article_id = g.article_id)
  AND NOT EXISTS (
    SELECT 1 FROM vanished AS v
    WHERE v.article_id = g.article_id AND NOT EXISTS (
        SELECT 1 FROM looks AS l
        WHERE l.article_id = g.article_id AND l.outcome <> 'gone' AND l.outcome <> 'failed' AND l.fetched_at > v.gone_at
    )
  )
ORDER BY g.article_id
