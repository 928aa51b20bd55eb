-- One row per fetched body that waits to be cleaned, oldest first.
SELECT
    f.url,
    f.source_id,
    p.item,
    f.fetched_at,
    f.final_url,
    f.http_status,
    f.content_type,
    b.gzipped,
    f.etag,
    f.last_modified,
    f.attempts,
    f.took_ms
FROM fetches AS f
JOIN pages AS p USING (page_key)
JOIN bodies AS b USING (sha256)
ANTI JOIN cleanings AS c ON c.page_key = f.page_key AND c.fetched_at = f.fetched_at
WHERE f.outcome = 'page'
ORDER BY f.fetched_at, f.page_key
LIMIT $limit
