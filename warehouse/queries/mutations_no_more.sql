-- One row per finding of an alteration that stands, and page it names that does not print it any more: `why` is no_copy,
-- same_words or compared (as both are now, the comparison found it not). `copy_changed`, `original_changed`: which of the
-- two changed since it was last found.
WITH named AS (
    SELECT f.finding_id, f.detail ->> 'original_id' AS original_id, a.article_id, a.url
    FROM (
        SELECT finding_id, detail, unnest((after ->> '$[*].url')) AS url
        FROM findings_at('infinity'::TIMESTAMPTZ)
        WHERE kind = 'mutation'
    ) AS f
    JOIN articles AS a USING (url)
    WHERE f.finding_id NOT IN (
        SELECT finding_id FROM corrections_at('infinity'::TIMESTAMPTZ) WHERE status = 'corrected'
    )
),
latest AS (
    SELECT article_id, max(revision) AS revision, arg_max(body_hash, revision) AS body_hash
    FROM revisions
    WHERE article_id IN (SELECT article_id FROM named UNION SELECT original_id FROM copies)
    GROUP BY article_id
),
now AS (
    SELECT n.finding_id, n.article_id, n.url, r.revision, r.body_hash, c.original_id, o.revision AS original_revision,
        o.body_hash AS original_hash
    FROM named AS n
    JOIN latest AS r USING (article_id)
    LEFT JOIN copies_at('infinity'::TIMESTAMPTZ) AS c USING (article_id)
    LEFT JOIN latest AS o ON o.article_id = c.original_id
),
last_found AS (
    SELECT finding_id, article_id, max(revision) AS revision, max(original_revision) AS original_revision
    FROM collated_mutations
    GROUP BY finding_id, article_id
)
SELECT
    now.finding_id,
    now.url,
    CASE
        WHEN now.original_id IS NULL THEN 'no_copy'
        WHEN now.body_hash = now.original_hash THEN 'same_words'
        ELSE 'compared'
    END AS why,
    now.revision > coalesce(l.revision, 0) AS copy_changed,
    now.original_revision > coalesce(l.original_revision, 0) AS original_changed
FROM now
LEFT JOIN last_found AS l USING (finding_id, article_id)
WHERE now.original_id IS NULL
   OR now.body_hash = now.original_hash
   OR (
    EXISTS (
        SELECT 1 FROM collations AS c
        WHERE c.article_id = now.article_id AND c.revision = now.revision AND c.original_id = now.original_id
          AND c.original_revision = now.original_revision AND c.outcome = 'compared'
    )
    AND NOT EXISTS (
        SELECT 1 FROM collated_mutations AS m
        WHERE m.article_id = now.article_id AND m.revision = now.revision AND m.original_id = now.original_id
          AND m.original_revision = now.original_revision AND m.finding_id = now.finding_id
    )
  )
ORDER BY now.finding_id, now.url
