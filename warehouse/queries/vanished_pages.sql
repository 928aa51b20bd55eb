-- One row per article on the topic whose page, just asked for (`fetched`), is no longer there: not found at two looks at
-- least $confirm seconds apart, with no look in between that found it, or gone for good by its server's own word; and so
-- every address at which it was ever found. None that is known to be gone since.
WITH looks AS (
    SELECT u.article_id, f.page_key, f.fetched_at, f.outcome, f.http_status
    FROM fetches AS f
    JOIN article_urls AS u ON u.url_key = f.page_key
    WHERE u.article_id IN (SELECT article_id FROM article_urls WHERE url_key IN (SELECT page_key FROM fetched))
      AND f.outcome <> 'failed'
),
addresses AS (
    SELECT
        article_id,
        page_key,
        arg_max(outcome, fetched_at) AS outcome,
        arg_max(http_status, fetched_at) AS http_status,
        max(fetched_at) AS last_at,
        max(fetched_at) FILTER (WHERE outcome <> 'gone') AS last_good,
        count(*) FILTER (WHERE outcome <> 'gone') AS good
    FROM looks
    GROUP BY article_id, page_key
),
gone AS (
    SELECT
        a.article_id,
        a.page_key,
        min(l.fetched_at) AS gone_at,
        any_value(a.http_status) AS http_status
    FROM addresses AS a
    JOIN looks AS l ON l.page_key = a.page_key AND l.outcome = 'gone'
        AND l.fetched_at > coalesce(a.last_good, '-infinity'::TIMESTAMPTZ)
    WHERE a.outcome = 'gone' AND a.good > 0
    GROUP BY a.article_id, a.page_key
    HAVING max(l.fetched_at) - min(l.fetched_at) >= to_seconds($confirm) OR bool_or(l.http_status = 410)
)
SELECT g.article_id, min(g.gone_at) AS gone_at, any_value(g.http_status) AS http_status
FROM gone AS g
WHERE (SELECT arg_max(on_topic, revision) FROM revisions AS r WHERE r.article_id = g.article_id)
  AND NOT EXISTS (
    SELECT 1 FROM addresses AS a
    WHERE a.article_id = g.article_id AND a.good > 0 AND a.page_key NOT IN (SELECT page_key FROM gone)
  )
  AND NOT EXISTS (
    SELECT 1 FROM vanished AS v
    WHERE v.article_id = g.article_id AND NOT EXISTS (
        SELECT 1 FROM looks AS l WHERE l.article_id = g.article_id AND l.outcome <> 'gone' AND l.fetched_at > v.gone_at
    )
  )
GROUP BY g.article_id
ORDER BY g.article_id
