-- Adds one row per block of $hosts that enough of a host's latest pages have; pages of one and the same text count once.
INSERT INTO furniture BY NAME
WITH latest AS (
    SELECT host, block, body_hash, dense_rank() OVER (PARTITION BY host ORDER BY seen DESC, page_key) AS place
    FROM blocks
    WHERE host IN (SELECT unnest($hosts::VARCHAR[]))
),
counted AS (
    SELECT host, count(DISTINCT body_hash) AS pages FROM latest WHERE place <= $latest GROUP BY host
)
SELECT l.host, l.block, $now AS recorded_at
FROM latest AS l
JOIN counted AS c USING (host)
WHERE l.place <= $latest
GROUP BY l.host, l.block, c.pages
HAVING count(DISTINCT l.body_hash) >= greatest($fewest, $share * c.pages)
ON CONFLICT DO NOTHING
