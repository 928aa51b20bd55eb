-- One row per reject, latest last.
SELECT given, reason, mend, excerpt, rejected_at AS "at"
FROM rejects
WHERE rejected_at <= $as_of
  AND ($since::TIMESTAMPTZ IS NULL OR rejected_at >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR rejected_at <= $until)
  AND ($match::VARCHAR IS NULL OR contains(lower(concat_ws(chr(10), given, reason, excerpt)), lower($match)))
ORDER BY rejected_at, given
