-- One row per current stance, by proposition; an actor's as a whole before its holders'.
SELECT proposition, actor, holder, stance, since, claims
FROM positions_at($as_of)
WHERE ($since::TIMESTAMPTZ IS NULL OR since::TIMESTAMPTZ >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR since::TIMESTAMPTZ <= $until)
  AND ($holder::VARCHAR IS NULL OR contains(lower(holder), lower($holder))
    OR holder IN (SELECT holder FROM holders_called_at($as_of, $holder)))
  AND ($actor::VARCHAR IS NULL OR lower(actor) = lower($actor))
  AND ($proposition::VARCHAR IS NULL OR proposition = $proposition)
ORDER BY proposition, actor NULLS LAST, holder NULLS FIRST
