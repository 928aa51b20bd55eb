-- One row per finding first recorded after $since, up to $until, that no digest of $subscriber has told. What the analyst
-- marked as noise or known is not told. A correction goes to those who were told what it corrects ($everything: or to a
-- reader of everything), once, and only while that does not hold.
WITH told AS (
    SELECT d.finding_id
    FROM digest_findings AS d
    JOIN digests AS g USING (digest_id)
    WHERE g.subscriber = $subscriber
),
corrected AS (
    SELECT detail ->> 'corrects' AS finding_id
    FROM all_findings_at($until)
    WHERE kind = 'correction' AND (detail ->> 'corrects') IS NOT NULL AND finding_id IN (FROM told)
),
corrections_due AS (
    SELECT c.finding_id
    FROM findings_at($until) AS c
    JOIN withdrawn_at($until) AS w ON w.finding_id = (c.detail ->> 'corrects') AND w.why <> 'renamed'
    WHERE c.kind = 'correction'
      AND ($everything OR w.finding_id IN (FROM told))
      AND w.finding_id NOT IN (FROM corrected)
    QUALIFY row_number() OVER (PARTITION BY w.finding_id ORDER BY c.recorded_at DESC, c.finding_id) = 1
)
SELECT * FROM findings_at($until) AS f
WHERE NOT baseline
  AND recorded_at > $since
  AND finding_id NOT IN (FROM told)
  AND finding_id NOT IN (SELECT subject FROM marks_at($until) WHERE word IN ('noise', 'known'))
  AND (kind <> 'correction' OR finding_id IN (FROM corrections_due))
ORDER BY recorded_at, kind, f."at" NULLS LAST, finding_id
