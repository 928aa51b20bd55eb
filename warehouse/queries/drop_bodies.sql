-- Adds one row per body that is to go: too old, or beyond the space there is for them, the oldest first; none as long as
-- they come to less than $worth of all that is kept.
INSERT INTO dropped_bodies BY NAME
WITH used AS (
    SELECT
        sha256,
        max(f.fetched_at) AS last_used,
        bool_or(c.page_key IS NULL) AS waits
    FROM fetches AS f
    LEFT JOIN cleanings AS c ON c.page_key = f.page_key AND c.fetched_at = f.fetched_at
    WHERE f.outcome = 'page' AND f.sha256 IS NOT NULL
    GROUP BY sha256
),
kept AS (
    SELECT
        b.sha256,
        b.bytes,
        u.last_used,
        u.waits,
        b.packed,
        sum(b.packed) OVER () AS all_packed,
        sum(b.packed) OVER (
            ORDER BY u.last_used DESC NULLS LAST, b.sha256 ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS space
    FROM bodies AS b
    LEFT JOIN used AS u USING (sha256)
)
SELECT
    sha256,
    bytes,
    $now AS dropped_at,
    CASE WHEN coalesce(last_used < $before, TRUE) THEN 'age' ELSE 'space' END AS why
FROM kept
WHERE waits IS NOT TRUE AND (coalesce(last_used < $before, TRUE) OR space > $most)
QUALIFY sum(packed) OVER () >= $worth * all_packed
ON CONFLICT DO NOTHING
