-- One row per source ever polled.
SELECT *
FROM sources_at($as_of)
WHERE ($match::VARCHAR IS NULL OR contains(lower(concat_ws(chr(10), source_id, last_error)), lower($match)))
ORDER BY source_id
LIMIT $limit
