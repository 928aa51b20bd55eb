-- Adds one row per fetch, of the pages just fetched (`fetched`), whose body is that of the fetch before it.
INSERT INTO cleanings BY NAME
SELECT page_key, fetched_at, 'same' AS outcome, fetched_at AS cleaned_at
FROM (
    SELECT
        page_key,
        fetched_at,
        sha256,
        lag(sha256) OVER (PARTITION BY page_key ORDER BY fetched_at) AS before
    FROM fetches
    WHERE outcome = 'page' AND page_key IN (SELECT page_key FROM fetched)
)
WHERE sha256 = before
ON CONFLICT DO NOTHING
