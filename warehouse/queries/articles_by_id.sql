-- One row per article of $ids, none of them first seen before $seen, at its latest revision: as in articles_at, without
-- going over all the others.
WITH wanted AS (
    SELECT unnest($ids::VARCHAR[]) AS article_id
),
verdicts AS (
    SELECT * FROM copies
    WHERE article_id IN (FROM wanted)
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1
),
origins AS (
    SELECT article_id, origin FROM revisions
    WHERE article_id IN (SELECT original_id FROM verdicts)
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
),
versions AS (
    SELECT * FROM revisions
    WHERE article_id IN (FROM wanted) AND seen >= $seen
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
)
SELECT
    a.article_id,
    r.external_id,
    a.url,
    r.outlet,
    r.title,
    r.published,
    r.published_precision,
    a.seen,
    r.lang,
    r.relevance,
    c.original_id,
    c.kind AS copy_kind,
    coalesce(o.origin, r.origin) AS origin,
    r.excluded,
    r.revision,
    r.text,
    r.byline,
    r.credit,
    r.on_topic,
    r.reasons,
    a.recorded_at
FROM articles AS a
JOIN versions AS r USING (article_id)
LEFT JOIN verdicts AS c USING (article_id)
LEFT JOIN origins AS o ON o.article_id = c.original_id
WHERE a.article_id IN (FROM wanted)
ORDER BY a.article_id
