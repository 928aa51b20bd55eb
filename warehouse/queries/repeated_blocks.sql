-- One row per block of $hosts that stands in at least $fewest stories and a share $share of a host's latest ones, and is
-- not known as furniture yet: in how many stories it stands, and how many there are.
WITH latest AS (
    SELECT host, block, story, dense_rank() OVER (PARTITION BY host ORDER BY seen DESC, page_key) AS place
    FROM blocks
    WHERE host IN (SELECT unnest($hosts::VARCHAR[]))
),
counted AS (
    SELECT host, count(DISTINCT story) AS known FROM latest WHERE place <= $latest GROUP BY host
)
SELECT l.host, l.block, count(DISTINCT l.story) AS stories, c.known
FROM latest AS l
JOIN counted AS c USING (host)
ANTI JOIN furniture AS f ON f.host = l.host AND f.block = l.block
WHERE l.place <= $latest
GROUP BY l.host, l.block, c.known
HAVING count(DISTINCT l.story) >= greatest($fewest, $share * c.known)
