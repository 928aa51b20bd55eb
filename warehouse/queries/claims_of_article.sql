-- One row per claim of one article as it was read last, in the order of its text.
SELECT * FROM claims_at('infinity'::TIMESTAMPTZ)
WHERE article_id = $article_id
ORDER BY start, claim_id
