-- The analyst's marks on findings, claims and holders, and what follows from them: whom a name means, which claims no
-- longer count, which findings no longer hold. All of it can be asked as of a past moment.

-- One row per word of the analyst's, none ever changed; the newest on a thing (or on a pair of holders) holds.
CREATE TABLE marks (
    mark INTEGER PRIMARY KEY,           -- 1 is the first
    recorded_at TIMESTAMPTZ NOT NULL,
    subject_kind VARCHAR NOT NULL,      -- finding, claim, holder
    subject VARCHAR NOT NULL,           -- the id of a finding or claim, a holder's name
    thing VARCHAR NOT NULL,             -- what words must share to be on the same thing: news.mark.Mark.thing
    word VARCHAR NOT NULL,              -- right, wrong, noise, known, same_as, apart_from, undone
    other VARCHAR,                      -- the other holder's name; NULL: not of two holders
    because VARCHAR,                    -- NULL: no reason was given
    said VARCHAR,                       -- the sentence that was marked; NULL: of holders
    article_id VARCHAR,                 -- of a claim, so that the mark holds when its article is read again; else NULL
    holder VARCHAR,                     -- of a claim, as it was read; else NULL
    stances VARCHAR                     -- of a claim, as claim_stances_at gives them; else NULL
);

-- One row per change of whom a name means, of the names that any mark on holders has touched; the last version holds.
CREATE TABLE holder_names (
    name VARCHAR NOT NULL,              -- as it was read
    version INTEGER NOT NULL,           -- 1 is the first
    recorded_at TIMESTAMPTZ NOT NULL,
    holder VARCHAR NOT NULL,            -- the name that stands for all of this holder's
    apart BOOLEAN NOT NULL,             -- set apart from those who are spelled alike
    actor VARCHAR,                      -- whom the holder speaks for, of a name that was never read as anybody's voice
    rank INTEGER,                       -- the holder's rank then; both NULL: as it was read
    PRIMARY KEY (name, version)
);

-- The words that hold: one row per thing marked, but for what was undone.
CREATE MACRO marks_at(moment) AS TABLE
    SELECT * FROM (
        SELECT * FROM marks
        WHERE recorded_at <= moment
        QUALIFY row_number() OVER (PARTITION BY thing ORDER BY mark DESC) = 1
    )
    WHERE word <> 'undone';

CREATE MACRO holder_names_at(moment) AS TABLE
    SELECT * FROM holder_names
    WHERE recorded_at <= moment
    QUALIFY row_number() OVER (PARTITION BY name ORDER BY version DESC) = 1;

-- The holders, by the names that stand for them, one of whose names has that text in it.
CREATE MACRO holders_called_at(moment, part) AS TABLE
    SELECT holder FROM holder_names_at(moment) WHERE contains(lower(name), lower(part));

-- The sides a claim takes, as text: what a claim that was read again must say to be the same claim.
CREATE MACRO sides_taken(proposition, stance) AS
    coalesce(string_agg(proposition || ' ' || stance, '; ' ORDER BY proposition), '');

-- The claims that are marked wrong, and those that say the same in the same sentence of the same article for the same
-- holder: it may be a later version of the page, or have been read again.
CREATE MACRO wrong_claims_at(moment) AS TABLE
    WITH alike AS (
        SELECT DISTINCT c.claim_id, c.engine, m.stances
        FROM marks_at(moment) AS m
        JOIN claims AS c ON c.article_id = m.article_id AND c.holder = m.holder AND c.evidence = m.said
        WHERE m.subject_kind = 'claim' AND m.word = 'wrong'
    )
    SELECT claim_id, engine
    FROM alike
    LEFT JOIN claim_propositions AS p USING (claim_id, engine)
    GROUP BY claim_id, engine, stances
    HAVING sides_taken(p.proposition, p.stance) = stances;

-- Every claim as it was read last, those marked wrong too. `holder` is whom the name means; `called`,
-- `read_actor` and `read_rank` are as it was read.
CREATE MACRO all_claims_at(moment) AS TABLE
    SELECT
        c.claim_id,
        c.article_id,
        a.external_id,
        a.url,
        coalesce(h.holder, c.holder) AS holder,
        c.holder_kind,
        coalesce(c.actor, h.actor) AS actor,
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
        CASE WHEN c.actor IS NULL AND h.actor IS NOT NULL THEN h.rank ELSE c.rank END AS rank,
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
        c.cited,
        c.holder AS called,
        c.actor AS read_actor,
        c.rank AS read_rank,
        coalesce(h.apart, false) AS apart,
        w.claim_id IS NOT NULL AS wrong
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
    ) AS p USING (claim_id, engine)
    LEFT JOIN holder_names_at(moment) AS h ON h.name = c.holder
    LEFT JOIN wrong_claims_at(moment) AS w ON w.claim_id = c.claim_id AND w.engine = c.engine;

-- The claims that count.
CREATE OR REPLACE MACRO claims_at(moment) AS TABLE SELECT * EXCLUDE (wrong) FROM all_claims_at(moment) WHERE NOT wrong;

-- Every finding at its last version, those that hold no longer too.
CREATE MACRO all_findings_at(moment) AS TABLE
    SELECT
        finding_id,
        kind,
        happened_on AS "at",
        min(recorded_at) OVER (PARTITION BY finding_id) AS recorded_at,
        sentence,
        proposition,
        actor,
        holder,
        confidence,
        single_origin,
        baseline,
        before,
        after,
        detail,
        version
    FROM findings
    WHERE recorded_at <= moment
    QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY version DESC) = 1;

-- The sentences that findings rest on (of those kinds that follow from claims), each with whose it is held to be: where
-- no mark speaks of the name, whose it was held to be when the finding was derived.
CREATE MACRO finding_sides_at(moment) AS TABLE
    WITH sides AS (
        SELECT finding_id, kind, holder IS NOT NULL AS of_holder, 'before' AS side, unnest(before::JSON[]) AS said
        FROM all_findings_at(moment)
        UNION ALL
        SELECT finding_id, kind, holder IS NOT NULL, 'after', unnest(after::JSON[])
        FROM all_findings_at(moment)
    ),
    named AS (
        SELECT DISTINCT c.claim_id, h.holder
        FROM holder_names_at(moment) AS h
        JOIN claims AS c ON c.holder = h.name
    ),
    wrong AS (SELECT DISTINCT claim_id FROM wrong_claims_at(moment))
    SELECT
        s.finding_id,
        s.kind,
        s.of_holder,
        s.side,
        s.said ->> 'holder' AS told_as,
        coalesce(n.holder, s.said ->> 'holder') AS holder,
        w.claim_id IS NOT NULL AS wrong
    FROM sides AS s
    LEFT JOIN named AS n ON n.claim_id = (s.said ->> 'claim_id')
    LEFT JOIN wrong AS w ON w.claim_id = (s.said ->> 'claim_id')
    WHERE s.kind IN (
        'shift', 'divergence', 'dispute', 'figure', 'first_position', 'line_change', 'new_claim', 'corroboration'
    );

-- The findings that hold no longer by the analyst's word, and why. What still follows from the ledger was derived anew
-- when the mark was made: under the new name, or resting on other claims. One that was only told of under another name
-- ("renamed") was not wrong.
CREATE MACRO withdrawn_at(moment) AS TABLE
    WITH sides AS (
        SELECT
            finding_id,
            kind,
            of_holder,
            side,
            bool_and(wrong) AS wrong,
            bool_or(holder <> told_as) AND side = CASE WHEN kind = 'corroboration' THEN 'after' ELSE side END AS renamed,
            min(told_as) AS told_as,
            min(holder) AS holder
        FROM finding_sides_at(moment)
        GROUP BY finding_id, kind, of_holder, side
    ),
    judged AS (
        SELECT
            finding_id,
            CASE
                WHEN bool_or(wrong) THEN 'claim'
                WHEN kind IN ('shift', 'line_change') AND of_holder
                    AND count(DISTINCT told_as) = 1 AND count(DISTINCT holder) > 1 THEN 'parted'
                WHEN kind IN ('divergence', 'corroboration')
                    AND count(DISTINCT told_as) > 1 AND count(DISTINCT holder) = 1 THEN 'joined'
                WHEN bool_or(renamed) AND (of_holder OR kind = 'divergence') AND kind <> 'figure' THEN 'renamed'
            END AS why
        FROM sides
        GROUP BY finding_id, kind, of_holder
    )
    SELECT f.finding_id, CASE WHEN m.word = 'wrong' THEN 'marked' ELSE j.why END AS why
    FROM (SELECT DISTINCT finding_id FROM findings) AS f
    LEFT JOIN (SELECT * FROM marks_at(moment) WHERE subject_kind = 'finding') AS m ON m.subject = f.finding_id
    LEFT JOIN judged AS j USING (finding_id)
    WHERE m.word = 'wrong' OR (j.why = 'claim' AND m.word IS DISTINCT FROM 'right') OR j.why <> 'claim';

-- The findings that hold.
CREATE OR REPLACE MACRO findings_at(moment) AS TABLE
    SELECT * FROM all_findings_at(moment)
    WHERE finding_id NOT IN (SELECT finding_id FROM withdrawn_at(moment));

CREATE MACRO marks_of(moment) AS TABLE
    SELECT
        mark,
        recorded_at,
        subject_kind,
        subject,
        word,
        other,
        because,
        said,
        word <> 'undone' AND mark = max(mark) OVER (PARTITION BY thing) AS holds
    FROM marks
    WHERE recorded_at <= moment;
CREATE VIEW v_marks AS
    SELECT mark, recorded_at, subject_kind, subject, word, other, because, said, holds
    FROM marks_of('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_marks IS 'One row per word of the analyst''s, those that hold no longer too';
COMMENT ON COLUMN v_marks.mark IS 'Its number: 1 is the first';
COMMENT ON COLUMN v_marks.recorded_at IS 'When it was said';
COMMENT ON COLUMN v_marks.subject_kind IS 'finding, claim or holder';
COMMENT ON COLUMN v_marks.subject IS 'What it is on: the id of a finding or claim, or a holder''s name';
COMMENT ON COLUMN v_marks.word IS 'right, wrong, noise, known; of holders same_as or apart_from; undone: what was said before is taken back';
COMMENT ON COLUMN v_marks.other IS 'The other holder''s name; NULL: not of two holders';
COMMENT ON COLUMN v_marks.because IS 'The reason; NULL: none was given';
COMMENT ON COLUMN v_marks.said IS 'The sentence that was marked; NULL: of holders';
COMMENT ON COLUMN v_marks.holds IS 'Whether it is the last word on it';

-- How the findings that digests told of were marked. One whose only claim is marked wrong, or that took two holders for
-- one or one for two, counts as wrong where it has no mark of its own.
CREATE MACRO precision_at(moment) AS TABLE
    WITH told AS (
        SELECT DISTINCT finding_id
        FROM digest_findings
        JOIN digests USING (digest_id)
        WHERE digests.recorded_at <= moment
    ),
    judged AS (
        SELECT
            f.kind,
            coalesce(m.word, CASE WHEN w.why IN ('claim', 'parted', 'joined') THEN 'wrong' END) AS word
        FROM told
        JOIN all_findings_at(moment) AS f USING (finding_id)
        LEFT JOIN (SELECT * FROM marks_at(moment) WHERE subject_kind = 'finding') AS m ON m.subject = f.finding_id
        LEFT JOIN withdrawn_at(moment) AS w USING (finding_id)
        WHERE f.kind <> 'correction'
    )
    SELECT
        kind,
        count(*) AS told,
        count(*) FILTER (word = 'right') AS "right",
        count(*) FILTER (word = 'wrong') AS wrong,
        count(*) FILTER (word = 'noise') AS noise,
        count(*) FILTER (word = 'known') AS known,
        count(*) FILTER (word IS NULL) AS unmarked,
        count(*) FILTER (word = 'right') / nullif(count(*) FILTER (word IN ('right', 'wrong')), 0) AS "precision"
    FROM judged
    GROUP BY kind;
CREATE VIEW v_precision AS
    SELECT kind, told, "right", wrong, noise, known, unmarked, "precision"
    FROM precision_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_precision IS 'One row per kind of finding that a digest has told of: how they were marked since';
COMMENT ON COLUMN v_precision.kind IS 'The kind of finding';
COMMENT ON COLUMN v_precision.told IS 'How many were told';
COMMENT ON COLUMN v_precision."right" IS 'Of these, marked right';
COMMENT ON COLUMN v_precision.wrong IS 'Marked wrong, or undone by a mark on their claim or holder';
COMMENT ON COLUMN v_precision.noise IS 'Marked as not worth telling';
COMMENT ON COLUMN v_precision.known IS 'Marked as known before';
COMMENT ON COLUMN v_precision.unmarked IS 'Not marked';
COMMENT ON COLUMN v_precision."precision" IS 'right / (right + wrong), 0 to 1; NULL: none is marked either';
