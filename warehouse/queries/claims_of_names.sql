-- One row per claim of an original whose holder was read by one of $names, in the order spoken.
SELECT * FROM claims_at('infinity'::TIMESTAMPTZ)
WHERE NOT is_copy AND called IN (SELECT unnest($names::VARCHAR[]))
ORDER BY said_on NULLS LAST, seen, recorded_at, article_id, start, claim_id
