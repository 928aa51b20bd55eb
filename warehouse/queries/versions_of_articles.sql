-- One row per version of each article of $ids, none of them first seen before $seen, in order.
SELECT article_id, revision, text, excluded
FROM revisions
WHERE article_id IN (SELECT unnest($ids::VARCHAR[])) AND partial IS NULL AND seen >= $seen
ORDER BY article_id, revision
