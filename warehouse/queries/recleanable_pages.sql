-- One row per article whose latest revision was made from bytes that are kept, and that $cleaner has not been over with
-- what it knows now of the host's furniture (`cleaner`: both in one); by the fetch that gave it. The same bytes may stand
-- at several addresses: another article's fetch is never taken.
WITH latest AS (
    SELECT * FROM revisions QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
),
known AS (
    SELECT host, $cleaner || '/' || count(*) AS cleaner FROM furniture GROUP BY host
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
    b.gzipped,
    coalesce(k.cleaner, $cleaner) AS cleaner
FROM latest AS r
JOIN fetches AS f ON f.sha256 = r.raw_sha256 AND f.outcome = 'page'
JOIN pages AS p ON p.page_key = f.page_key
JOIN bodies AS b ON b.sha256 = f.sha256
-- Whose page it is: by the address it led to, else by its own; a fetch that is nobody's may be anybody's.
LEFT JOIN articles AS a ON a.url = coalesce(f.final_url, f.url)
LEFT JOIN article_urls AS u ON u.url_key = f.page_key
-- As news.hosts.host_of: without a port, a user, `www.` and the like.
LEFT JOIN known AS k ON k.host = regexp_extract(
    lower(coalesce(f.final_url, f.url)), '^https?://(?:[^/@]*@)?(?:www\.)?(?:m\.)?(?:amp\.)?(?:mobile\.)?([^/:?#]+)', 1
)
ANTI JOIN recleanings AS d
    ON d.article_id = r.article_id AND d.raw_sha256 = r.raw_sha256 AND d.cleaner = coalesce(k.cleaner, $cleaner)
WHERE coalesce(a.article_id, u.article_id, r.article_id) = r.article_id
  AND ($since::TIMESTAMPTZ IS NULL OR f.fetched_at >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR f.fetched_at <= $until)
  AND ($match::VARCHAR IS NULL OR contains(lower(f.url), lower($match)))
-- Relative dates count from when the page was seen, so that must be the same fetch as then, not a later one.
QUALIFY row_number() OVER (
    PARTITION BY r.article_id
    ORDER BY f.fetched_at = r.seen DESC, a.article_id IS NULL, u.article_id IS NULL, f.fetched_at, f.page_key
) = 1
ORDER BY f.fetched_at, f.page_key, r.article_id
LIMIT $limit
