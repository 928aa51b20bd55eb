-- One row per line of figures, the one that moved last comes last.
SELECT finding_id, line, unit, "values"
FROM figures_at($as_of) AS f
WHERE ($since::TIMESTAMPTZ IS NULL OR coalesce(f."at"::TIMESTAMPTZ, recorded_at) >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR coalesce(f."at"::TIMESTAMPTZ, recorded_at) <= $until)
  AND ($holder::VARCHAR IS NULL OR contains(lower(holder), lower($holder))
    OR holder IN (SELECT holder FROM holders_called_at($as_of, $holder)))
  AND ($actor::VARCHAR IS NULL OR lower(actor) = lower($actor))
  AND ($proposition::VARCHAR IS NULL OR proposition = $proposition)
  AND ($match::VARCHAR IS NULL OR contains(lower(concat_ws(chr(10), line, unit, "values")), lower($match)))
ORDER BY f."at" NULLS FIRST, line, finding_id
