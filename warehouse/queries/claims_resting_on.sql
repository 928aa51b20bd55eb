-- One row per claim of an original that is the one marked ($holder's in the sentence $said of $article_id) or was ever
-- compared with it, in the order spoken.
WITH marked AS (
    SELECT claim_id FROM claims WHERE article_id = $article_id AND holder = $holder AND evidence = $said
)
SELECT * FROM claims_at('infinity'::TIMESTAMPTZ)
WHERE NOT is_copy
  AND (claim_id IN (FROM marked) OR claim_id IN (SELECT claim_id FROM comparisons WHERE of_claim IN (FROM marked)))
ORDER BY said_on NULLS LAST, seen, recorded_at, article_id, start, claim_id
