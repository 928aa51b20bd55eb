-- One row per later version of an article of $ids that is a change of its page: as in revisions_of, without reading the
-- texts of all the others.
SELECT
    article_id,
    revision,
    kind,
    title,
    lag(title) OVER (PARTITION BY article_id ORDER BY revision) AS title_before,
    diff
FROM revisions
WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))
QUALIFY revision > 1 AND kind NOT IN ('recleaned', 'completed')
ORDER BY article_id, revision
