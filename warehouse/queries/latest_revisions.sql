-- One row per article of $ids, none of them first seen before $seen: its latest revision.
SELECT article_id, revision, title, text, excluded, seen, partial, outlet, credit, canonical, published,
    published_precision
FROM revisions
WHERE article_id IN (SELECT unnest($ids::VARCHAR[])) AND seen >= $seen
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
