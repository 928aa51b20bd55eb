-- Adds one row per position (`held`) that is not held already; one that was ended at the same moment goes on.
INSERT INTO positions BY NAME
SELECT DISTINCT ON (held.position_id) held.*
FROM held
ANTI JOIN (SELECT position_id FROM positions WHERE replaced_at IS NULL) AS there USING (position_id)
ON CONFLICT (position_id, recorded_at) DO UPDATE SET replaced_at = NULL
