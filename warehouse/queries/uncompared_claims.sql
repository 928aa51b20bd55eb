-- One row per claim of an original that has not been compared since it was read, in the order spoken.
SELECT * FROM claims_at('infinity'::TIMESTAMPTZ) AS c
ANTI JOIN comparisons AS n ON n.claim_id = c.claim_id AND n.recorded_at >= c.recorded_at
WHERE NOT c.is_copy
ORDER BY said_on NULLS LAST, seen, recorded_at, article_id, start, claim_id
LIMIT $limit
