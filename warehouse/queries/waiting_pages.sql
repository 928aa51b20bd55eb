-- One row per fetch just recorded (`fetched`) that waits to be cleaned.
SELECT f.page_key
FROM fetches AS f
JOIN fetched USING (page_key, fetched_at)
ANTI JOIN cleanings AS c ON c.page_key = f.page_key AND c.fetched_at = f.fetched_at
WHERE f.outcome NOT IN ('unchanged', 'gone', 'failed')
