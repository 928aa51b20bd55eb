-- One row per fetch just recorded (`fetched`) that waits to be cleaned; of failures, those that are given up, as in
-- uncleaned_pages.
SELECT f.page_key
FROM fetches AS f
JOIN fetched USING (page_key, fetched_at)
JOIN pages AS p USING (page_key)
ANTI JOIN cleanings AS c ON c.page_key = f.page_key AND c.fetched_at = f.fetched_at
WHERE f.outcome NOT IN ('unchanged', 'gone', 'failed')
   OR (
        p.final_url IS NULL AND p.last_at = f.fetched_at
        AND (f.outcome = 'gone' OR (f.outcome = 'failed' AND (f.permanent OR p.failures >= $tries)))
    )
