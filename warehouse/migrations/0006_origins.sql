-- Whose word each claim is: the outlet its sentence cites, and the whole way from its page to the origin.
ALTER TABLE claims ADD COLUMN cited VARCHAR;             -- an outlet's id; NULL: cites none, or read before it was kept

-- One row per tracing of a claim that came to something new; the last version holds.
CREATE TABLE origins (
    claim_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,           -- 1 is the first
    recorded_at TIMESTAMPTZ NOT NULL,
    chain JSON NOT NULL,                -- outlets, from the page's own to the one whose word it is
    circular BOOLEAN NOT NULL,          -- the last of the chain stands in it before
    PRIMARY KEY (claim_id, version)
);

CREATE OR REPLACE MACRO claims_at(moment) AS TABLE
    SELECT
        c.claim_id,
        c.article_id,
        a.external_id,
        a.url,
        c.holder,
        c.holder_kind,
        c.actor,
        c.source,
        c.cue,
        c.content,
        c.modality,
        c.quoted,
        c.evidence,
        c.start_at AS start,
        c.end_at AS "end",
        c.spoken_on,
        CASE WHEN n.novelty = 'repeat' THEN n.of_claim END AS repeat_of,
        coalesce(p.propositions, '[]')::JSON AS propositions,
        c.engine,
        c.revision,
        c.rank,
        c.figures,
        c.content_key,
        c.rule,
        c.modality_rule,
        c.recorded_at,
        n.novelty,
        a.outlet,
        a.origin,
        a.seen,
        a.original_id IS NOT NULL AS is_copy,
        coalesce(
            c.spoken_on,
            CASE WHEN a.published_precision IN ('second', 'day') THEN a.published::DATE END
        ) AS said_on,
        c.cited
    FROM claims AS c
    JOIN readings_at(moment) AS r USING (article_id, revision, engine)
    JOIN articles_at(moment) AS a USING (article_id)
    LEFT JOIN comparisons_at(moment) AS n USING (claim_id)
    LEFT JOIN (
        SELECT
            claim_id,
            engine,
            to_json(list({'id': proposition, 'stance': stance, 'score': score, 'rule': rule} ORDER BY place))
                AS propositions
        FROM claim_propositions
        GROUP BY claim_id, engine
    ) AS p USING (claim_id, engine);

CREATE MACRO origins_at(moment) AS TABLE
    WITH ways AS (
        SELECT * FROM origins
        WHERE recorded_at <= moment
        QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY version DESC) = 1
    ),
    printed AS (
        SELECT original_id, count(*) AS copies
        FROM copies_at(moment)
        WHERE original_id IS NOT NULL
        GROUP BY original_id
    )
    SELECT
        c.claim_id,
        c.article_id,
        c.holder,
        c.url,
        c.outlet,
        c.cited,
        coalesce(w.chain, to_json(list_distinct([c.outlet, coalesce(c.cited, c.origin)]))) AS chain,
        coalesce(w.circular, false) AS circular,
        CASE WHEN w.circular THEN NULL ELSE coalesce(w.chain ->> -1, c.cited, c.origin) END AS origin,
        1 + coalesce(p.copies, 0) AS pages
    FROM claims_at(moment) AS c
    LEFT JOIN ways AS w USING (claim_id)
    LEFT JOIN printed AS p ON p.original_id = c.article_id
    WHERE NOT c.is_copy;
CREATE VIEW v_origins AS
    SELECT claim_id, article_id, holder, url, outlet, cited, chain, circular, origin, pages
    FROM origins_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_origins IS 'One row per claim of an original: whose word it is, and how many pages print it';
COMMENT ON COLUMN v_origins.claim_id IS 'The claim';
COMMENT ON COLUMN v_origins.article_id IS 'The article it stands in';
COMMENT ON COLUMN v_origins.holder IS 'Who claims';
COMMENT ON COLUMN v_origins.url IS 'That article''s address';
COMMENT ON COLUMN v_origins.outlet IS 'Its publisher';
COMMENT ON COLUMN v_origins.cited IS 'The other outlet that its sentence gives as its source; NULL: none';
COMMENT ON COLUMN v_origins.chain IS 'Every outlet from the page''s own to the one whose word it is';
COMMENT ON COLUMN v_origins.circular IS 'Whether the outlets have it from each other';
COMMENT ON COLUMN v_origins.origin IS 'The outlet or wire whose word it is; NULL: circular, nobody''s';
COMMENT ON COLUMN v_origins.pages IS 'How many pages print it: the article and its copies';
