-- One row per message, latest last.
SELECT *
FROM v_deliveries
WHERE ($since::TIMESTAMPTZ IS NULL OR created_at >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR created_at <= $until)
  AND ($match::VARCHAR IS NULL
    OR contains(lower(concat_ws(chr(10), delivery_id, subscriber, channel, state, last_error)), lower($match)))
ORDER BY created_at, subscriber, channel, delivery_id
