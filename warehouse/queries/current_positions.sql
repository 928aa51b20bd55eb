-- One row per position held now on $propositions.
SELECT proposition, actor, holder, stance, since, claims
FROM positions
WHERE replaced_at IS NULL AND proposition IN (SELECT unnest($propositions::VARCHAR[]))
ORDER BY proposition, actor, holder NULLS FIRST, since, position_id
