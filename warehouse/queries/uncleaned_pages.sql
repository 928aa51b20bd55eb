-- One row per fetch that waits to be cleaned, oldest first: a body that is kept, an item that has no page to fetch
-- (`feed`), a file of many articles (`records`), or a page that could never be fetched and will not be tried again.
WITH waiting AS MATERIALIZED (
    SELECT f.*
    FROM fetches AS f
    ANTI JOIN cleanings AS c ON c.page_key = f.page_key AND c.fetched_at = f.fetched_at
    LEFT JOIN pages AS p ON p.page_key = f.page_key
    WHERE f.outcome IN ('feed', 'records')
       OR (
            p.final_url IS NULL AND p.last_at = f.fetched_at
            AND (f.outcome = 'gone' OR (f.outcome = 'failed' AND (f.permanent OR p.failures >= $tries)))
        )
       OR (f.outcome = 'page' AND f.sha256 IN (SELECT sha256 FROM bodies))
    ORDER BY f.fetched_at, f.page_key
    LIMIT $limit
)
SELECT
    w.url,
    w.source_id,
    p.item,
    w.fetched_at,
    w.outcome,
    w.final_url,
    w.http_status,
    w.content_type,
    b.gzipped,
    w.etag,
    w.last_modified,
    w.error,
    w.permanent,
    w.attempts,
    w.took_ms
FROM waiting AS w
JOIN pages AS p USING (page_key)
LEFT JOIN bodies AS b USING (sha256)
ORDER BY w.fetched_at, w.page_key
