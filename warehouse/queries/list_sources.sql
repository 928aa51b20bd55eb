-- One row per source ever polled.
SELECT
    source_id, last_poll, last_outcome, error, last_success, failures, next_at, items, articles, moved_to,
    last_article, on_topic, yield, median_ms, robots, gaps, last_gap, last_item
FROM sources_at($as_of)
WHERE ($match::VARCHAR IS NULL OR contains(lower(concat_ws(chr(10), source_id, error)), lower($match)))
ORDER BY source_id
