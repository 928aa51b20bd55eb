-- The claim of that $id as it was read last, for a mark: what it is known by when its article is read again.
SELECT c.evidence AS said, c.article_id, c.holder, sides_taken(p.proposition, p.stance) AS stances
FROM claims AS c
LEFT JOIN claim_propositions AS p USING (claim_id, engine)
WHERE claim_id = $id
GROUP BY c.engine, c.evidence, c.article_id, c.holder, c.recorded_at
ORDER BY c.recorded_at DESC, c.engine DESC
LIMIT 1
