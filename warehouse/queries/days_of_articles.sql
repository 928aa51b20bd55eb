-- One row: the first and the last day, since 1970, on which any version of the articles of $ids was published or seen.
SELECT
    epoch(min(least(coalesce(published, seen), seen)))::BIGINT // 86400 AS first,
    epoch(max(greatest(coalesce(published, seen), seen)))::BIGINT // 86400 AS last
FROM revisions
WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))
