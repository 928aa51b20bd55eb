-- One row per new article (`newcomers`) and stored one that has its words to the letter in any version, within $window
-- days of it: at most $most, the nearest in time first.
SELECT n, article_id
FROM (
    SELECT
        w.n,
        r.article_id,
        min(abs(epoch(CASE WHEN r.published_precision IN ('second', 'day') THEN r.published ELSE r.seen END)::BIGINT
            // 86400 - w.day)) AS apart
    FROM revisions AS r
    JOIN newcomers AS w USING (body_hash)
    WHERE r.article_id NOT IN (SELECT article_id FROM newcomers)
    GROUP BY w.n, r.article_id
)
WHERE apart <= $window
QUALIFY row_number() OVER (PARTITION BY n ORDER BY apart, article_id) <= $most
ORDER BY n, article_id
