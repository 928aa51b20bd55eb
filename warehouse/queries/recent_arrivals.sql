-- One row per item that one of those asked for (`asked`) listed lately, the newest $most of each: when it was published, or first seen.
SELECT source_id, page_key, coalesce(published, first_seen) AS arrived
FROM items
WHERE source_id IN (SELECT source_id FROM asked) AND first_seen >= $since
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY coalesce(published, first_seen) DESC, page_key) <= $most
