-- One row per article of $ids at its latest revision.
SELECT * FROM articles_at('infinity'::TIMESTAMPTZ)
WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))
ORDER BY article_id
