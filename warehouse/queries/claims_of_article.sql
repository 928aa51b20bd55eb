-- One row per claim of one article as it was read last, in the order of its text; marks change nothing here.
SELECT * REPLACE (called AS holder, read_actor AS actor, read_rank AS rank) FROM all_claims_at('infinity'::TIMESTAMPTZ)
WHERE article_id = $article_id
ORDER BY start, claim_id
