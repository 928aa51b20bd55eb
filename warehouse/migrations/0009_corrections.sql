-- Findings that turn out wrong are taken back; which alterations each comparison of a copy found, and which failed; marks
-- that are made otherwise.

-- One row per turn of a finding: taken back, or standing again; the last version holds. A finding without one stands.
CREATE TABLE corrections (
    finding_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,           -- 1 is the first
    recorded_at TIMESTAMPTZ NOT NULL,
    status VARCHAR NOT NULL,            -- corrected, stands
    reason VARCHAR,                     -- NULL: it stands
    PRIMARY KEY (finding_id, version)
);

CREATE MACRO corrections_at(moment) AS TABLE
    SELECT finding_id, version, recorded_at, status, reason
    FROM corrections
    WHERE recorded_at <= moment
    QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY version DESC) = 1;

CREATE OR REPLACE VIEW v_findings AS
    SELECT f.finding_id, f.kind, f."at", f.recorded_at, f.sentence, f.proposition, f.actor, f.holder, f.confidence,
        f.single_origin, f.baseline, f.before, f.after, f.detail, coalesce(c.status, 'stands') AS status, c.reason
    FROM findings_at('infinity'::TIMESTAMPTZ) AS f
    LEFT JOIN corrections_at('infinity'::TIMESTAMPTZ) AS c USING (finding_id);
COMMENT ON VIEW v_findings IS 'One row per finding a digest may carry, at its latest version';
COMMENT ON COLUMN v_findings.finding_id IS 'Stable id';
COMMENT ON COLUMN v_findings.kind IS 'shift, divergence, dispute, figure, first_position, line_change, new_claim, corroboration, mutation, revision, source_trouble or correction';
COMMENT ON COLUMN v_findings."at" IS 'The day the world changed; NULL: unknown, or it has none';
COMMENT ON COLUMN v_findings.recorded_at IS 'When we first knew';
COMMENT ON COLUMN v_findings.sentence IS 'The reasoning in one sentence';
COMMENT ON COLUMN v_findings.proposition IS 'The proposition''s id; NULL: about none in particular';
COMMENT ON COLUMN v_findings.actor IS 'The tracked entity; NULL: none';
COMMENT ON COLUMN v_findings.holder IS 'The holder; NULL: the actor as a whole, or none';
COMMENT ON COLUMN v_findings.confidence IS '0 to 1';
COMMENT ON COLUMN v_findings.single_origin IS 'Whether it rests on one origin''s word';
COMMENT ON COLUMN v_findings.baseline IS 'Whether it is history read silently, never alerted';
COMMENT ON COLUMN v_findings.before IS 'Sentences of the earlier side: [{claim_id, holder, evidence, url, outlet, on}, ...]';
COMMENT ON COLUMN v_findings.after IS 'Sentences of the later side, likewise';
COMMENT ON COLUMN v_findings.detail IS 'What else its kind has to say, as JSON';
COMMENT ON COLUMN v_findings.status IS 'stands, or corrected: it turned out wrong and was taken back';
COMMENT ON COLUMN v_findings.reason IS 'Why it was taken back; NULL: it stands';

-- One row per alteration that a comparison of a copy with its original found.
CREATE TABLE collated_mutations (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    original_id VARCHAR NOT NULL,
    original_revision INTEGER NOT NULL,
    finding_id VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (article_id, revision, original_id, original_revision, finding_id)
);
-- Of what was compared before, the findings know which pages they were found on.
INSERT INTO collated_mutations
    SELECT c.article_id, c.revision, c.original_id, c.original_revision, f.finding_id, c.recorded_at
    FROM (
        SELECT finding_id, unnest((after ->> '$[*].url')) AS url
        FROM findings_at('infinity'::TIMESTAMPTZ)
        WHERE kind = 'mutation'
    ) AS f
    JOIN articles AS a ON a.url = f.url
    JOIN collations AS c ON c.article_id = a.article_id
    WHERE c.mutations > 0
    ON CONFLICT DO NOTHING;

-- A comparison that failed is written down too, and done again by later rules.
ALTER TABLE collations RENAME TO earlier_collations;
CREATE TABLE collations (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    original_id VARCHAR NOT NULL,
    original_revision INTEGER NOT NULL,
    rules VARCHAR NOT NULL,             -- the version of the rules that compared; '': before it was kept
    outcome VARCHAR NOT NULL,           -- compared, failed
    mutations INTEGER NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (article_id, revision, original_id, original_revision, rules)
);
INSERT INTO collations BY NAME SELECT *, '' AS rules, 'compared' AS outcome FROM earlier_collations;
DROP TABLE earlier_collations;

-- Marks are made otherwise (sums of words' checksums): what was filed before is marked anew by the next round that files
-- anything.
DELETE FROM sketches;
INSERT INTO unmarked
    SELECT a.article_id
    FROM articles AS a
    LEFT JOIN copies_at('infinity'::TIMESTAMPTZ) AS c USING (article_id)
    WHERE (c.kind IS NULL OR c.kind NOT IN ('identical', 'syndicated'))
      AND a.article_id NOT IN (SELECT article_id FROM unmarked);
