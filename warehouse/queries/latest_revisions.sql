-- One row per article of $ids: its latest revision.
SELECT article_id, revision, title, text, excluded, seen, partial
FROM revisions
WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
