-- One row per finding first recorded after $since, up to $until, that no digest of $subscriber has told and that was not
-- taken back since. What the analyst marked as noise or known is not told. A correction goes to those only who were told
-- what it corrects ($everything: or to a reader of everything); one that a mark made, once, and only while what it
-- corrects does not hold.
WITH told AS (
    SELECT d.finding_id
    FROM digest_findings AS d
    JOIN digests AS g USING (digest_id)
    WHERE g.subscriber = $subscriber
),
correction_findings AS (
    SELECT finding_id, recorded_at, detail ->> 'corrects' AS corrects, (detail ->> 'mark') IS NOT NULL AS of_mark
    FROM all_findings_at($until)
    WHERE kind = 'correction'
),
withdrawn AS (SELECT finding_id FROM withdrawn_at($until) WHERE why <> 'renamed'),
corrected AS (SELECT corrects FROM correction_findings WHERE finding_id IN (FROM told)),
corrections_due AS (
    SELECT finding_id
    FROM correction_findings
    WHERE ($everything OR corrects IN (FROM told))
      AND (NOT of_mark OR (corrects IN (FROM withdrawn) AND corrects NOT IN (FROM corrected)))
    QUALIFY NOT of_mark OR row_number() OVER (PARTITION BY corrects, of_mark ORDER BY recorded_at DESC, finding_id) = 1
)
SELECT * FROM findings_at($until) AS f
WHERE NOT baseline
  AND recorded_at > $since
  AND finding_id NOT IN (FROM told)
  AND finding_id NOT IN (SELECT subject FROM marks_at($until) WHERE word IN ('noise', 'known'))
  AND (kind <> 'correction' OR finding_id IN (FROM corrections_due))
  AND finding_id NOT IN (SELECT finding_id FROM corrections_at($until) WHERE status = 'corrected')
ORDER BY recorded_at, kind, f."at" NULLS LAST, finding_id
