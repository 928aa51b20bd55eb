-- One row per copy on the topic whose words were not compared with those of its original yet, as both are now, oldest
-- first. One of the same words says nothing otherwise. A comparison that failed is left to other rules than $rules.
WITH latest AS (
    SELECT
        article_id,
        max(revision) AS revision,
        arg_max(on_topic, revision) AS on_topic,
        arg_max(body_hash, revision) AS body_hash,
        max(recorded_at) AS recorded_at
    FROM revisions
    GROUP BY article_id
),
verdicts AS (
    SELECT article_id, arg_max({'id': original_id}, version) AS original, max(recorded_at) AS recorded_at
    FROM copies
    GROUP BY article_id
)
SELECT
    v.article_id,
    r.revision,
    v.original.id AS original_id,
    o.revision AS original_revision,
    greatest(v.recorded_at, r.recorded_at, o.recorded_at) AS since
FROM verdicts AS v
JOIN latest AS r USING (article_id)
JOIN latest AS o ON o.article_id = v.original.id
WHERE r.body_hash <> o.body_hash AND r.on_topic
  AND NOT EXISTS (
    SELECT 1 FROM collations AS c
    WHERE c.article_id = v.article_id AND c.revision = r.revision
      AND c.original_id = v.original.id AND c.original_revision = o.revision
      AND (c.outcome = 'compared' OR c.rules = $rules)
  )
ORDER BY v.recorded_at, v.article_id
LIMIT $limit
