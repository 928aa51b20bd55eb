-- One row per claim of an original that says the same as one of $keys, in the order spoken.
SELECT * FROM claims_at('infinity'::TIMESTAMPTZ)
WHERE NOT is_copy AND content_key IN (SELECT unnest($keys::VARCHAR[]))
ORDER BY said_on NULLS LAST, seen, recorded_at, article_id, start, claim_id
