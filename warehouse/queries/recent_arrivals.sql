-- One row per item that one of those asked for (`asked`) listed lately, the newest $most of each: when it was published, or first seen,
-- in microseconds since 1970: the driver takes longer over a time than over all the rest of a row.
SELECT source_id, page_key, epoch_us(coalesce(published, first_seen)) AS arrived_us
FROM items
WHERE source_id IN (SELECT source_id FROM asked) AND first_seen >= $since
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY coalesce(published, first_seen) DESC, page_key) <= $most
