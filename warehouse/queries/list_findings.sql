-- One row per finding, latest known last.
SELECT finding_id, kind, "at", recorded_at, sentence, proposition, actor, holder, confidence, single_origin, baseline,
    before, after, detail, coalesce(c.status, 'stands') AS status, c.reason
FROM findings_at($as_of) AS f
LEFT JOIN (SELECT finding_id, status, reason FROM corrections_at($as_of)) AS c USING (finding_id)
WHERE ($since::TIMESTAMPTZ IS NULL OR coalesce(f."at"::TIMESTAMPTZ, recorded_at) >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR coalesce(f."at"::TIMESTAMPTZ, recorded_at) <= $until)
  AND ($holder::VARCHAR IS NULL OR contains(lower(holder), lower($holder))
    OR holder IN (SELECT holder FROM holders_called_at($as_of, $holder)))
  AND ($actor::VARCHAR IS NULL OR lower(actor) = lower($actor))
  AND ($proposition::VARCHAR IS NULL OR proposition = $proposition)
  AND ($match::VARCHAR IS NULL OR contains(lower(concat_ws(chr(10), sentence, before, after)), lower($match)))
ORDER BY recorded_at, f."at" NULLS FIRST, finding_id
