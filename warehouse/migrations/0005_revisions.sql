-- What each new version of a page changed, sentence by sentence, and what became of its claims.
ALTER TABLE revisions ADD COLUMN diff JSON;              -- [{op, before, after, what: [{what, before, after}]}, …];
                                                         -- NULL: the first one, or filed before it was kept

-- One row per claim that a new version of its page added, changed or withdrew.
CREATE TABLE revision_claims (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    claim_id VARCHAR NOT NULL,          -- the new claim; of a withdrawn one, the old
    change VARCHAR NOT NULL,            -- added, changed, withdrawn
    before_id VARCHAR,                  -- the claim it was before; NULL: added or withdrawn
    engine VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (article_id, revision, claim_id, engine)
);

-- One row per page that was found to be no longer there.
CREATE TABLE vanished (
    article_id VARCHAR NOT NULL,
    gone_at TIMESTAMPTZ NOT NULL,       -- the first look that did not find it
    http_status INTEGER,                -- NULL: no HTTP
    recorded_at TIMESTAMPTZ NOT NULL,   -- the look that made sure of it
    PRIMARY KEY (article_id, gone_at)
);

-- One row per comparison of a copy's words with those of its original.
CREATE TABLE collations (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    original_id VARCHAR NOT NULL,
    original_revision INTEGER NOT NULL,
    mutations INTEGER NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (article_id, revision, original_id, original_revision)
);

CREATE OR REPLACE MACRO revisions_of(moment) AS TABLE
    WITH versions AS (
        SELECT
            r.article_id,
            r.revision,
            r.kind,
            a.url,
            r.outlet,
            r.title,
            lag(r.title) OVER (PARTITION BY r.article_id ORDER BY r.revision) AS title_before,
            r.seen,
            r.recorded_at,
            r.text,
            r.diff
        FROM revisions AS r
        JOIN articles AS a USING (article_id)
        WHERE r.recorded_at <= moment
    ),
    touched AS (
        SELECT
            article_id,
            revision,
            to_json(list({'change': change, 'claim_id': claim_id, 'before': before_id} ORDER BY change, claim_id))
                AS claims
        FROM (
            SELECT * FROM revision_claims
            WHERE recorded_at <= moment
            QUALIFY rank() OVER (PARTITION BY article_id, revision ORDER BY recorded_at DESC, engine DESC) = 1
        )
        GROUP BY article_id, revision
    )
    SELECT v.*, coalesce(t.claims, '[]')::JSON AS claims
    FROM versions AS v
    LEFT JOIN touched AS t USING (article_id, revision)
    WHERE v.revision > 1 AND v.kind NOT IN ('recleaned', 'completed')
    UNION ALL
    SELECT g.article_id, v.revision, 'gone', v.url, v.outlet, v.title, v.title, g.gone_at, g.recorded_at, v.text, NULL,
        '[]'::JSON
    FROM vanished AS g
    JOIN versions AS v USING (article_id)
    WHERE g.recorded_at <= moment AND v.recorded_at <= g.recorded_at
    QUALIFY row_number() OVER (PARTITION BY g.article_id, g.gone_at ORDER BY v.revision DESC) = 1;
CREATE OR REPLACE VIEW v_revisions AS
    SELECT article_id, revision, kind, url, outlet, title, title_before, seen, recorded_at, diff, claims
    FROM revisions_of('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_revisions IS 'One row per later version of an article''s text, and per page that vanished';
COMMENT ON COLUMN v_revisions.article_id IS 'The article';
COMMENT ON COLUMN v_revisions.revision IS '2 is the first change; of a page that vanished, its last version';
COMMENT ON COLUMN v_revisions.kind IS 'headline (the title alone), cosmetic, extended, corrected, softened, removed or gone; cut and changed in rows of earlier versions';
COMMENT ON COLUMN v_revisions.url IS 'Its address';
COMMENT ON COLUMN v_revisions.outlet IS 'Its publisher';
COMMENT ON COLUMN v_revisions.title IS 'The title of this version';
COMMENT ON COLUMN v_revisions.title_before IS 'The title of the version before';
COMMENT ON COLUMN v_revisions.seen IS 'When we saw the change';
COMMENT ON COLUMN v_revisions.recorded_at IS 'When it was filed';
COMMENT ON COLUMN v_revisions.diff IS 'Every sentence that is otherwise: [{op, before, after, what: [{what, before, after}]}, ...]; NULL: none, or filed before it was kept';
COMMENT ON COLUMN v_revisions.claims IS 'The claims it added, changed or withdrew: [{change, claim_id, before}, ...]';
