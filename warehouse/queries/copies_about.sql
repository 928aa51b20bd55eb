-- One row per article of $ids, or copy of one of $ids, that is taken for a copy or once was: the last verdict.
WITH last AS (
    SELECT * FROM copies QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1
)
SELECT article_id, version, original_id, kind, score
FROM last
WHERE article_id IN (SELECT unnest($ids::VARCHAR[])) OR original_id IN (SELECT unnest($ids::VARCHAR[]))
