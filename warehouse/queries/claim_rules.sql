-- One row per claim of $ids: what decided it, as a line.
SELECT
    c.claim_id,
    concat_ws(
        '; ',
        'engine ' || c.engine,
        'attributed by ' || c.rule,
        c.modality || ' by ' || c.modality_rule,
        string_agg(p.proposition || ' ' || p.stance || ' by ' || p.rule, '; ' ORDER BY p.place)
    ) AS line
FROM all_claims_at('infinity'::TIMESTAMPTZ) AS c
LEFT JOIN claim_propositions AS p USING (claim_id, engine)
WHERE c.claim_id IN (SELECT unnest($ids::VARCHAR[]))
GROUP BY c.claim_id, c.engine, c.rule, c.modality, c.modality_rule
