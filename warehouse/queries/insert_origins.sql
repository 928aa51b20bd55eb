-- Adds one row per claim (`traced`) whose way is not known yet, or is otherwise than it was held to be.
INSERT INTO origins BY NAME
SELECT
    traced.claim_id,
    coalesce(last.version, 0) + 1 AS version,
    $now AS recorded_at,
    traced.chain,
    traced.circular
FROM traced
LEFT JOIN (
    SELECT * FROM origins
    WHERE claim_id IN (SELECT claim_id FROM traced)
    QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY version DESC) = 1
) AS last USING (claim_id)
WHERE last.version IS NULL OR last.chain::VARCHAR <> traced.chain OR last.circular <> traced.circular
ON CONFLICT DO NOTHING
