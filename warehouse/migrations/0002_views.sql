-- What holds, and what held at a past moment: each `…_at(moment)` macro counts facts recorded at or before that moment;
-- the v_* views are the macros at the end of time with the columns promised to people who query.

CREATE MACRO revisions_at(moment) AS TABLE
    SELECT * FROM revisions
    WHERE recorded_at <= moment
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1;

CREATE MACRO copies_at(moment) AS TABLE
    SELECT * FROM copies
    WHERE recorded_at <= moment
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1;

CREATE MACRO articles_at(moment) AS TABLE
    SELECT
        a.article_id,
        r.external_id,
        a.url,
        r.outlet,
        r.title,
        r.published,
        r.published_precision,
        a.seen,
        r.lang,
        r.relevance,
        c.original_id,
        c.kind AS copy_kind,
        c.score AS copy_score,
        coalesce(o.origin, r.origin) AS origin,
        r.excluded,
        r.revision,
        r.text,
        r.byline,
        r.credit,
        r.on_topic,
        r.reasons,
        a.source_id,
        a.recorded_at
    FROM articles AS a
    JOIN revisions_at(moment) AS r USING (article_id)
    LEFT JOIN copies_at(moment) AS c USING (article_id)
    LEFT JOIN revisions_at(moment) AS o ON o.article_id = c.original_id
    WHERE a.recorded_at <= moment;

-- The reading of each article that counts: of its latest revision that was read, by the engine that read it last.
CREATE MACRO readings_at(moment) AS TABLE
    SELECT * FROM readings
    WHERE outcome = 'read' AND recorded_at <= moment
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC, recorded_at DESC, engine DESC) = 1;

CREATE MACRO comparisons_at(moment) AS TABLE
    SELECT * FROM comparisons
    WHERE recorded_at <= moment
    QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY version DESC) = 1;

CREATE MACRO claims_at(moment) AS TABLE
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
        ) AS said_on
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

CREATE MACRO positions_at(moment) AS TABLE
    SELECT proposition, actor, holder, stance, since, claims, position_id, recorded_at
    FROM positions
    WHERE recorded_at <= moment AND (replaced_at IS NULL OR replaced_at > moment)
    QUALIFY row_number() OVER (PARTITION BY proposition, actor, holder ORDER BY since DESC, position_id) = 1;

CREATE MACRO findings_at(moment) AS TABLE
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

CREATE VIEW v_articles AS
    SELECT article_id, external_id, url, outlet, title, published, published_precision, seen, lang, relevance,
        original_id, copy_kind, copy_score, origin, excluded
    FROM articles_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_articles IS 'One row per article, at its latest revision';
COMMENT ON COLUMN v_articles.article_id IS 'Stable id, made from the address';
COMMENT ON COLUMN v_articles.external_id IS 'The id its giver had for it; NULL: none';
COMMENT ON COLUMN v_articles.url IS 'The address it was first met under';
COMMENT ON COLUMN v_articles.outlet IS 'The publisher: its id in the topic, else its name or host';
COMMENT ON COLUMN v_articles.title IS 'Its headline, as of the latest revision';
COMMENT ON COLUMN v_articles.published IS 'When it says it was published; NULL: unknown';
COMMENT ON COLUMN v_articles.published_precision IS 'second, day, week, month, year or unknown';
COMMENT ON COLUMN v_articles.seen IS 'When it came to our notice';
COMMENT ON COLUMN v_articles.lang IS 'Language code; NULL: not recognised';
COMMENT ON COLUMN v_articles.relevance IS 'How much it is on the topic, 0 to 1';
COMMENT ON COLUMN v_articles.original_id IS 'The article it is a copy of; NULL: an original';
COMMENT ON COLUMN v_articles.copy_kind IS 'identical, syndicated, edited, spun or summary; NULL: an original';
COMMENT ON COLUMN v_articles.copy_score IS 'How alike they are, 0 to 1; NULL: an original';
COMMENT ON COLUMN v_articles.origin IS 'The outlet or wire whose word it is';
COMMENT ON COLUMN v_articles.excluded IS 'Ranges of the text that are wrapping: [{start, end, why}, ...]';

CREATE VIEW v_claims AS
    SELECT claim_id, article_id, external_id, url, holder, holder_kind, actor, source, cue, content, modality, quoted,
        evidence, start, "end", spoken_on, repeat_of, propositions
    FROM claims_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_claims IS 'One row per attributed statement, by the latest engine on the latest revision read';
COMMENT ON COLUMN v_claims.claim_id IS 'Stable id';
COMMENT ON COLUMN v_claims.article_id IS 'The article it stands in';
COMMENT ON COLUMN v_claims.external_id IS 'That article''s id at its giver; NULL: none';
COMMENT ON COLUMN v_claims.url IS 'That article''s address';
COMMENT ON COLUMN v_claims.holder IS 'Who claims, by the fullest name known';
COMMENT ON COLUMN v_claims.holder_kind IS 'person, office, organisation, group or outlet';
COMMENT ON COLUMN v_claims.actor IS 'The tracked entity the holder speaks for; NULL: none';
COMMENT ON COLUMN v_claims.source IS 'Where the text names the holder: [[start, end], ...]';
COMMENT ON COLUMN v_claims.cue IS 'Where the words of saying stand: [[start, end], ...]';
COMMENT ON COLUMN v_claims.content IS 'Where what is claimed stands: [[start, end], ...]';
COMMENT ON COLUMN v_claims.modality IS 'asserted, denied, alleged, predicted, conditional or doubted';
COMMENT ON COLUMN v_claims.quoted IS 'Whether any of the content stands in quotation marks';
COMMENT ON COLUMN v_claims.evidence IS 'The exact characters of the article, from start to end';
COMMENT ON COLUMN v_claims.start IS 'First code point of the evidence in the stored text';
COMMENT ON COLUMN v_claims."end" IS 'The code point after its last';
COMMENT ON COLUMN v_claims.spoken_on IS 'The day it was spoken; NULL: cannot be told';
COMMENT ON COLUMN v_claims.repeat_of IS 'The earlier claim it repeats; NULL: no repeat';
COMMENT ON COLUMN v_claims.propositions IS 'The sides it takes: [{id, stance, score, rule}, ...]';

CREATE MACRO claim_propositions_at(moment) AS TABLE
    SELECT p.claim_id, p.proposition, p.stance, p.score, p.rule, c.article_id, c.holder, c.actor, c.said_on, c.is_copy,
        c.seen
    FROM claim_propositions AS p
    JOIN claims_at(moment) AS c USING (claim_id, engine);
CREATE VIEW v_claim_propositions AS
    SELECT claim_id, proposition, stance, score, rule, article_id, holder, actor, said_on, is_copy
    FROM claim_propositions_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_claim_propositions IS 'One row per claim and proposition it takes a side on';
COMMENT ON COLUMN v_claim_propositions.claim_id IS 'The claim';
COMMENT ON COLUMN v_claim_propositions.proposition IS 'The proposition''s id in the topic';
COMMENT ON COLUMN v_claim_propositions.stance IS 'affirms, denies, doubts or neutral';
COMMENT ON COLUMN v_claim_propositions.score IS 'How sure the rule is, 0 to 1';
COMMENT ON COLUMN v_claim_propositions.rule IS 'What decided';
COMMENT ON COLUMN v_claim_propositions.article_id IS 'The article the claim stands in';
COMMENT ON COLUMN v_claim_propositions.holder IS 'Who claims';
COMMENT ON COLUMN v_claim_propositions.actor IS 'The tracked entity the holder speaks for; NULL: none';
COMMENT ON COLUMN v_claim_propositions.said_on IS 'The day spoken, else the day published; NULL: unknown';
COMMENT ON COLUMN v_claim_propositions.is_copy IS 'Whether the article is a copy, whose claims do not count';

CREATE VIEW v_positions AS
    SELECT proposition, actor, holder, stance, since, claims
    FROM positions_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_positions IS 'One row per current stance of a holder, or of an actor as a whole, on a proposition';
COMMENT ON COLUMN v_positions.proposition IS 'The proposition''s id in the topic';
COMMENT ON COLUMN v_positions.actor IS 'The tracked entity; NULL: the holder speaks for none';
COMMENT ON COLUMN v_positions.holder IS 'Whose position; NULL: the actor''s as a whole';
COMMENT ON COLUMN v_positions.stance IS 'affirms, denies, doubts or neutral';
COMMENT ON COLUMN v_positions.since IS 'The day it was first spoken';
COMMENT ON COLUMN v_positions.claims IS 'Ids of the claims that carry it';

CREATE MACRO shifts_at(moment) AS TABLE
    SELECT
        finding_id,
        proposition,
        actor,
        holder,
        detail ->> 'kind' AS kind,
        detail ->> 'from' AS "from",
        detail ->> 'to' AS "to",
        "at",
        confidence,
        single_origin,
        coalesce(detail -> 'before', before -> 0) AS before,
        coalesce(detail -> 'after', after -> 0) AS after,
        baseline,
        recorded_at,
        sentence
    FROM findings_at(moment) AS f
    WHERE f.kind = 'shift';
CREATE VIEW v_shifts AS
    SELECT finding_id, proposition, actor, holder, kind, "from", "to", "at", confidence, single_origin, before, after
    FROM shifts_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_shifts IS 'One row per change of position';
COMMENT ON COLUMN v_shifts.finding_id IS 'Stable id';
COMMENT ON COLUMN v_shifts.proposition IS 'The proposition''s id in the topic';
COMMENT ON COLUMN v_shifts.actor IS 'The tracked entity; NULL: the holder speaks for none';
COMMENT ON COLUMN v_shifts.holder IS 'Whose shift; NULL: the actor''s as a whole';
COMMENT ON COLUMN v_shifts.kind IS 'retreat, reversal, commitment, softening, hardening or concession';
COMMENT ON COLUMN v_shifts."from" IS 'The stance before';
COMMENT ON COLUMN v_shifts."to" IS 'The stance after';
COMMENT ON COLUMN v_shifts."at" IS 'The day the new stance was spoken';
COMMENT ON COLUMN v_shifts.confidence IS '0 to 1';
COMMENT ON COLUMN v_shifts.single_origin IS 'Whether it rests on one origin''s word';
COMMENT ON COLUMN v_shifts.before IS 'The last sentence of the old stance: {claim_id, evidence, url, on}';
COMMENT ON COLUMN v_shifts.after IS 'The first sentence of the new stance: {claim_id, evidence, url, on}';

CREATE MACRO disputes_at(moment) AS TABLE
    SELECT
        finding_id,
        proposition,
        detail -> 'between' AS between_actors,
        coalesce(TRY_CAST(detail ->> 'since' AS DATE), "at") AS since,
        detail -> 'claims' AS claims,
        recorded_at,
        sentence
    FROM findings_at(moment)
    WHERE kind = 'dispute';
CREATE VIEW v_disputes AS
    SELECT finding_id, proposition, between_actors AS "between", since, claims
    FROM disputes_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_disputes IS 'One row per proposition two actors are at odds on';
COMMENT ON COLUMN v_disputes.finding_id IS 'Stable id';
COMMENT ON COLUMN v_disputes.proposition IS 'The proposition''s id in the topic';
COMMENT ON COLUMN v_disputes."between" IS 'The two actors: [actor, actor]';
COMMENT ON COLUMN v_disputes.since IS 'The day they came to be at odds; NULL: unknown';
COMMENT ON COLUMN v_disputes.claims IS 'Ids of the claims of both sides';

-- A line's series grows: its latest finding holds the whole of it.
CREATE MACRO figures_at(moment) AS TABLE
    SELECT
        finding_id,
        detail ->> 'line' AS line,
        detail ->> 'unit' AS unit,
        detail -> 'values' AS "values",
        proposition,
        actor,
        holder,
        "at",
        recorded_at,
        sentence
    FROM findings_at(moment)
    WHERE kind = 'figure'
    QUALIFY row_number() OVER (PARTITION BY line, unit ORDER BY "at" DESC NULLS LAST, recorded_at DESC, finding_id) = 1;
CREATE VIEW v_figures AS
    SELECT finding_id, line, unit, "values"
    FROM figures_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_figures IS 'One row per number that moves over time';
COMMENT ON COLUMN v_figures.finding_id IS 'Stable id of the latest move';
COMMENT ON COLUMN v_figures.line IS 'What is counted';
COMMENT ON COLUMN v_figures.unit IS 'In what';
COMMENT ON COLUMN v_figures."values" IS 'The series: [{value, low, high, on, holder, url}, ...]';

CREATE MACRO revisions_of(moment) AS TABLE
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
        r.text
    FROM revisions AS r
    JOIN articles AS a USING (article_id)
    WHERE r.recorded_at <= moment
    QUALIFY r.revision > 1;
CREATE VIEW v_revisions AS
    SELECT article_id, revision, kind, url, outlet, title, title_before, seen, recorded_at
    FROM revisions_of('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_revisions IS 'One row per later version of an article''s text';
COMMENT ON COLUMN v_revisions.article_id IS 'The article';
COMMENT ON COLUMN v_revisions.revision IS '2 is the first change';
COMMENT ON COLUMN v_revisions.kind IS 'headline (the title alone), extended, cut or changed';
COMMENT ON COLUMN v_revisions.url IS 'Its address';
COMMENT ON COLUMN v_revisions.outlet IS 'Its publisher';
COMMENT ON COLUMN v_revisions.title IS 'The title of this version';
COMMENT ON COLUMN v_revisions.title_before IS 'The title of the version before';
COMMENT ON COLUMN v_revisions.seen IS 'When we saw the change';
COMMENT ON COLUMN v_revisions.recorded_at IS 'When it was filed';

CREATE VIEW v_findings AS
    SELECT finding_id, kind, "at", recorded_at, sentence, proposition, actor, holder, confidence, single_origin,
        baseline, before, after, detail
    FROM findings_at('infinity'::TIMESTAMPTZ);
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

CREATE MACRO sources_at(moment) AS TABLE
    WITH looks AS (
        SELECT
            *,
            max(polled_at) FILTER (WHERE outcome <> 'failed') OVER (PARTITION BY source_id) AS last_good
        FROM polls
        WHERE polled_at <= moment
    )
    SELECT
        l.source_id,
        max(polled_at) AS last_poll,
        arg_max(outcome, polled_at) AS last_outcome,
        nullif(arg_max(coalesce(l.error, ''), polled_at), '') AS error,
        any_value(last_good) AS last_success,
        count(*) FILTER (WHERE outcome = 'failed' AND polled_at > coalesce(last_good, '-infinity'::TIMESTAMPTZ))
            AS failures,
        max(next_at) AS next_at,
        sum(new_items)::BIGINT AS items,
        coalesce(any_value(a.articles), 0) AS articles,
        nullif(arg_max(coalesce(moved_to, ''), polled_at), '') AS moved_to
    FROM looks AS l
    LEFT JOIN (
        SELECT source_id, count(*) AS articles FROM articles WHERE recorded_at <= moment GROUP BY source_id
    ) AS a USING (source_id)
    GROUP BY l.source_id;
CREATE VIEW v_sources AS
    SELECT source_id, last_poll, last_outcome, error, last_success, failures, next_at, items, articles, moved_to
    FROM sources_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_sources IS 'One row per source ever polled';
COMMENT ON COLUMN v_sources.source_id IS 'Its id in the topic';
COMMENT ON COLUMN v_sources.last_poll IS 'When it was asked last';
COMMENT ON COLUMN v_sources.last_outcome IS 'items, unchanged or failed';
COMMENT ON COLUMN v_sources.error IS 'What was wrong then; NULL: nothing';
COMMENT ON COLUMN v_sources.last_success IS 'When it last answered as it should; NULL: never';
COMMENT ON COLUMN v_sources.failures IS 'Failures in a row up to the last look';
COMMENT ON COLUMN v_sources.next_at IS 'When it is due again';
COMMENT ON COLUMN v_sources.items IS 'Pages it was the first to list';
COMMENT ON COLUMN v_sources.articles IS 'Articles filed from them';
COMMENT ON COLUMN v_sources.moved_to IS 'Where it permanently redirects to; NULL: nowhere';

CREATE VIEW v_deliveries AS
    SELECT d.delivery_id, d.digest_id, d.subscriber, d.channel, d.message_id, d.state, d.created_at, d.attempts,
        d.next_at, d.last_error, d.notified_at, e.state_since
    FROM deliveries AS d
    LEFT JOIN (
        SELECT delivery_id, max(entered_at) AS state_since FROM delivery_events GROUP BY delivery_id
    ) AS e USING (delivery_id);
COMMENT ON VIEW v_deliveries IS 'One row per message to a subscriber';
COMMENT ON COLUMN v_deliveries.delivery_id IS 'Stable id';
COMMENT ON COLUMN v_deliveries.digest_id IS 'The digest it carries';
COMMENT ON COLUMN v_deliveries.subscriber IS 'Whom it goes to';
COMMENT ON COLUMN v_deliveries.channel IS 'By which way';
COMMENT ON COLUMN v_deliveries.message_id IS 'The same at every attempt';
COMMENT ON COLUMN v_deliveries.state IS 'pending, sending, sent, failed or unknown';
COMMENT ON COLUMN v_deliveries.created_at IS 'When the digest was made';
COMMENT ON COLUMN v_deliveries.attempts IS 'How often sending was begun';
COMMENT ON COLUMN v_deliveries.next_at IS 'Not tried before then; NULL: at once, or never again';
COMMENT ON COLUMN v_deliveries.last_error IS 'What went wrong last; NULL: nothing';
COMMENT ON COLUMN v_deliveries.notified_at IS 'When a later digest named its unknown end; NULL: not named';
COMMENT ON COLUMN v_deliveries.state_since IS 'When it came into this state';

CREATE VIEW v_rejects AS SELECT given, reason, mend, excerpt, rejected_at AS "at" FROM rejects;
COMMENT ON VIEW v_rejects IS 'One row per given row, file or page that was not filed';
COMMENT ON COLUMN v_rejects.given IS 'Which one: path and line, or address';
COMMENT ON COLUMN v_rejects.reason IS 'Why not';
COMMENT ON COLUMN v_rejects.mend IS 'What to do';
COMMENT ON COLUMN v_rejects.excerpt IS 'How it begins';
COMMENT ON COLUMN v_rejects."at" IS 'When';
