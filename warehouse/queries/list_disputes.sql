-- One row per dispute, latest last.
SELECT finding_id, proposition, between_actors AS "between", since, claims
FROM disputes_at($as_of)
WHERE ($since::TIMESTAMPTZ IS NULL OR coalesce(since::TIMESTAMPTZ, recorded_at) >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR coalesce(since::TIMESTAMPTZ, recorded_at) <= $until)
  AND ($actor::VARCHAR IS NULL OR list_contains((between_actors ->> '$[*]')::VARCHAR[], $actor))
  AND ($proposition::VARCHAR IS NULL OR proposition = $proposition)
  AND ($match::VARCHAR IS NULL OR contains(lower(sentence), lower($match)))
ORDER BY since NULLS FIRST, proposition, finding_id
