-- One row per article that $engine should read and has not: at its latest revision, oldest first.
-- Copies never; off-topic ones and those in other languages than $languages only as told. A reading that failed counts.
SELECT a.*
FROM articles_at('infinity'::TIMESTAMPTZ) AS a
ANTI JOIN (
    SELECT article_id, revision
    FROM readings
    WHERE engine = $engine AND outcome NOT IN ('copy', 'off_topic', 'language')
) AS done USING (article_id, revision)
WHERE a.original_id IS NULL
  AND (a.on_topic OR $read_all)
  AND (a.lang IS NULL OR a.lang IN (SELECT unnest($languages::VARCHAR[])))
ORDER BY a.recorded_at, a.seen, a.article_id
LIMIT $limit
