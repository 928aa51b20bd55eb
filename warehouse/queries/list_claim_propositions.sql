-- One row per claim and proposition it takes a side on, latest spoken last.
SELECT claim_id, proposition, stance, score, rule, article_id, holder, actor, said_on, is_copy
FROM claim_propositions_at($as_of)
WHERE ($since::TIMESTAMPTZ IS NULL OR coalesce(said_on::TIMESTAMPTZ, seen) >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR coalesce(said_on::TIMESTAMPTZ, seen) <= $until)
  AND ($holder::VARCHAR IS NULL OR contains(lower(holder), lower($holder))
    OR holder IN (SELECT holder FROM holders_called_at($as_of, $holder)))
  AND ($actor::VARCHAR IS NULL OR lower(actor) = lower($actor))
  AND ($proposition::VARCHAR IS NULL OR proposition = $proposition)
ORDER BY coalesce(said_on::TIMESTAMPTZ, seen), claim_id, proposition
