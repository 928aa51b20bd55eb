-- One row per article whose latest revision was made from a page whose bytes are kept, and that $cleaner has not been
-- over; by the fetch that gave it.
WITH latest AS (
    SELECT * FROM revisions QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
)
SELECT
    r.*,
    f.url AS page_url,
    f.source_id,
    p.item,
    f.page_key,
    f.fetched_at,
    f.final_url,
    f.http_status,
    f.content_type,
    b.gzipped
FROM latest AS r
JOIN article_urls AS u USING (article_id)
JOIN fetches AS f ON f.sha256 = r.raw_sha256 AND f.outcome = 'page'
JOIN pages AS p ON p.page_key = f.page_key
JOIN bodies AS b ON b.sha256 = f.sha256
ANTI JOIN recleanings AS d ON d.page_key = f.page_key AND d.fetched_at = f.fetched_at AND d.cleaner = $cleaner
WHERE ($since::TIMESTAMPTZ IS NULL OR f.fetched_at >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR f.fetched_at <= $until)
  AND ($match::VARCHAR IS NULL OR contains(lower(f.url), lower($match)))
QUALIFY row_number() OVER (PARTITION BY r.article_id ORDER BY f.fetched_at DESC, f.page_key) = 1
ORDER BY f.fetched_at, f.page_key
LIMIT $limit
