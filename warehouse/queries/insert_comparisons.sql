-- Adds one row per comparison (`compared`) that is not already there as of $now: the next version of its claim's.
INSERT INTO comparisons BY NAME
SELECT
    compared.claim_id,
    coalesce(last.version, 0) + 1 AS version,
    $now AS recorded_at,
    compared.novelty,
    compared.of_claim,
    compared.line,
    compared.rule
FROM compared
LEFT JOIN (
    SELECT * FROM comparisons QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY version DESC) = 1
) AS last USING (claim_id)
WHERE last.version IS NULL
   OR last.recorded_at < $now
   OR last.novelty <> compared.novelty
   OR last.of_claim IS DISTINCT FROM compared.of_claim
   OR last.line <> compared.line
ON CONFLICT DO NOTHING
