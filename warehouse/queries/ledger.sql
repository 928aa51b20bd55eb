-- One row per claim of an original (never of a copy) on one of $propositions, in the order spoken.
SELECT * FROM claims_at('infinity'::TIMESTAMPTZ)
WHERE NOT is_copy AND (claim_id, engine) IN (
    SELECT (claim_id, engine) FROM claim_propositions WHERE proposition IN (SELECT unnest($propositions::VARCHAR[]))
)
ORDER BY said_on NULLS LAST, seen, recorded_at, article_id, start, claim_id
