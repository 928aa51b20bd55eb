-- One row per claim, latest spoken last.
SELECT claim_id, article_id, external_id, url, holder, holder_kind, actor, source, cue, content, modality, quoted,
    evidence, start, "end", spoken_on, repeat_of, propositions
FROM claims_at($as_of)
WHERE ($since::TIMESTAMPTZ IS NULL OR coalesce(said_on::TIMESTAMPTZ, seen) >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR coalesce(said_on::TIMESTAMPTZ, seen) <= $until)
  AND ($holder::VARCHAR IS NULL OR contains(lower(holder), lower($holder))
    OR holder IN (SELECT holder FROM holders_called_at($as_of, $holder)))
  AND ($actor::VARCHAR IS NULL OR lower(actor) = lower($actor))
  AND ($proposition::VARCHAR IS NULL OR list_contains((propositions ->> '$[*].id')::VARCHAR[], $proposition))
  AND ($match::VARCHAR IS NULL OR contains(lower(concat_ws(chr(10), holder, evidence)), lower($match)))
ORDER BY coalesce(said_on::TIMESTAMPTZ, seen), article_id, start, claim_id
