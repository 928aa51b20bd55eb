-- One row per shift, latest last.
SELECT finding_id, proposition, actor, holder, kind, "from", "to", "at", confidence, single_origin, before, after
FROM shifts_at($as_of) AS s
WHERE ($since::TIMESTAMPTZ IS NULL OR coalesce(s."at"::TIMESTAMPTZ, recorded_at) >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR coalesce(s."at"::TIMESTAMPTZ, recorded_at) <= $until)
  AND ($holder::VARCHAR IS NULL OR contains(lower(holder), lower($holder))
    OR holder IN (SELECT holder FROM holders_called_at($as_of, $holder)))
  AND ($actor::VARCHAR IS NULL OR lower(actor) = lower($actor))
  AND ($proposition::VARCHAR IS NULL OR proposition = $proposition)
  AND ($match::VARCHAR IS NULL OR contains(lower(concat_ws(chr(10), sentence, before, after)), lower($match)))
ORDER BY s."at" NULLS FIRST, proposition, actor, holder NULLS FIRST, finding_id
