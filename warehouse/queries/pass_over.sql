-- Adds one row per article that $engine will not read at its latest revision, and why: the first reason that holds.
INSERT INTO readings BY NAME
SELECT
    article_id,
    revision,
    $engine AS engine,
    CASE
        WHEN original_id IS NOT NULL THEN 'copy'
        -- Relevance is told by words of the languages read, so it says nothing about the others.
        WHEN lang NOT IN (SELECT unnest($languages::VARCHAR[])) THEN 'language'
        ELSE 'off_topic'
    END AS outcome,
    0 AS claims,
    $now AS recorded_at
FROM articles_at('infinity'::TIMESTAMPTZ)
WHERE original_id IS NOT NULL
   OR (NOT on_topic AND NOT $read_all)
   OR lang NOT IN (SELECT unnest($languages::VARCHAR[]))
ON CONFLICT DO NOTHING
