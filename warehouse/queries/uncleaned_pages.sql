-- One row per fetch that waits to be cleaned, oldest first: a body that is kept, an item that has no page to fetch
-- (`feed`), or a file of many articles (`records`).
WITH waiting AS MATERIALIZED (
    SELECT f.*
    FROM fetches AS f
    ANTI JOIN cleanings AS c ON c.page_key = f.page_key AND c.fetched_at = f.fetched_at
    WHERE f.outcome IN ('feed', 'records')
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
    w.attempts,
    w.took_ms
FROM waiting AS w
JOIN pages AS p USING (page_key)
LEFT JOIN bodies AS b USING (sha256)
ORDER BY w.fetched_at, w.page_key
