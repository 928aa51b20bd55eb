-- One row per word of the analyst's, latest last.
SELECT mark, recorded_at, subject_kind, subject, word, other, because, said, holds
FROM marks_of($as_of)
WHERE ($since::TIMESTAMPTZ IS NULL OR recorded_at >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR recorded_at <= $until)
  AND ($match::VARCHAR IS NULL
    OR contains(lower(concat_ws(chr(10), subject, word, other, because, said)), lower($match)))
ORDER BY mark
