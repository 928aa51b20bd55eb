-- One row per page just cleaned (`fresh`: its blocks less furniture) and stored page of its host that share a block: the
-- stored page's story and letters, and the letters of what they share. A page may share with its own earlier version.
WITH shared AS (
    SELECT f.page_key, b.page_key AS other_key, any_value(b.story) AS story, sum(b.letters)::INTEGER AS shared
    FROM fresh AS f
    JOIN blocks AS b USING (host, block)
    GROUP BY f.page_key, b.page_key
)
SELECT s.page_key, s.story, s.shared, sum(b.letters)::INTEGER AS letters
FROM shared AS s
JOIN blocks AS b ON b.page_key = s.other_key
ANTI JOIN furniture AS f ON f.host = b.host AND f.block = b.block
GROUP BY s.page_key, s.other_key, s.story, s.shared
ORDER BY s.page_key, (s.other_key = s.page_key) DESC, s.shared DESC, s.other_key
