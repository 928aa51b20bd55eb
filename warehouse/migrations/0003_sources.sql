-- What a look at a source tells beside its items: what became of those known already, what rolled out of its window
-- unseen, how long its publisher asks us to wait.
ALTER TABLE polls ADD COLUMN revised_items INTEGER;      -- known ones that it now describes otherwise; NULL: not counted
ALTER TABLE polls ADD COLUMN unchanged_items INTEGER;    -- NULL: not counted
ALTER TABLE polls ADD COLUMN gap_since TIMESTAMPTZ;      -- the look before it, when nothing listed then was listed now;
                                                         -- NULL: no gap
ALTER TABLE polls ADD COLUMN asked_s DOUBLE;             -- NULL: nothing was asked
ALTER TABLE polls ADD COLUMN retry_after_s DOUBLE;       -- NULL: nothing was asked
ALTER TABLE polls ADD COLUMN robots VARCHAR;             -- open, closed, none, unreachable, not asked; NULL: no host

-- What a source last said of a page, in one value: another one is a revision of the item.
ALTER TABLE items ADD COLUMN fingerprint VARCHAR;        -- NULL: listed before it was kept
ALTER TABLE items ADD COLUMN published TIMESTAMPTZ;      -- NULL: the source gave none, or before it was kept

-- The robots.txt of each host as last fetched; good for a day.
CREATE TABLE robots (
    place VARCHAR PRIMARY KEY,          -- its address
    fetched_at TIMESTAMPTZ NOT NULL,
    status INTEGER NOT NULL,            -- of the answer; 404: no such file
    body BLOB NOT NULL
);

-- Every date that was found for an article, with what became of it, and the rule that decided.
ALTER TABLE revisions ADD COLUMN dating JSON;            -- NULL: before it was kept
ALTER TABLE revisions ADD COLUMN dating_rule VARCHAR;    -- NULL: nothing to decide between

-- One row per block of text (a line) of each host's latest pages.
CREATE TABLE blocks (
    host VARCHAR NOT NULL,
    block BIGINT NOT NULL,              -- a hash of its words
    page_key VARCHAR NOT NULL,
    body_hash VARCHAR NOT NULL,         -- of the whole body: one text under two addresses counts once
    seen TIMESTAMPTZ NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (host, page_key, block)
);

-- One row per block that so many pages of its host have that it is no part of any of them.
CREATE TABLE furniture (
    host VARCHAR NOT NULL,
    block BIGINT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (host, block)
);

-- One row per page that was cleaned, of each host's latest: what it yielded.
CREATE TABLE yields (
    host VARCHAR NOT NULL,
    page_key VARCHAR NOT NULL,
    cleaned_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL,           -- whole, partial, rejected
    letters INTEGER NOT NULL,           -- of its body
    PRIMARY KEY (host, page_key, cleaned_at)
);

-- Whether the article of a page is off the topic: then it is not visited again.
ALTER TABLE pages ADD COLUMN off_topic BOOLEAN;          -- NULL: not filed yet

-- How much space a raw body takes, so that nobody has to read them all to know.
ALTER TABLE bodies ADD COLUMN packed BIGINT;             -- bytes after compression
UPDATE bodies SET packed = octet_length(gzipped);

-- One row per raw body that was let go, for its age or for space.
CREATE TABLE dropped_bodies (
    sha256 VARCHAR PRIMARY KEY,
    bytes BIGINT NOT NULL,
    dropped_at TIMESTAMPTZ NOT NULL,
    why VARCHAR NOT NULL                -- age, space
);

-- One row per cleaning of an article's stored bytes by a later version of the cleaner (`volteface reclean`).
CREATE TABLE recleanings (
    article_id VARCHAR NOT NULL,
    raw_sha256 VARCHAR NOT NULL,        -- of the bytes: they may have been fetched many times, and are cleaned once
    cleaner VARCHAR NOT NULL,           -- name and version of the cleaner
    outcome VARCHAR NOT NULL,           -- revised, same, rejected
    recleaned_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (article_id, raw_sha256, cleaner)
);

-- How each source had fared by a moment.
CREATE OR REPLACE MACRO sources_at(moment) AS TABLE
    WITH looks AS (
        SELECT
            *,
            max(polled_at) FILTER (WHERE outcome <> 'failed') OVER (PARTITION BY source_id) AS last_good
        FROM polls
        WHERE polled_at <= moment
    ),
    arrived AS (
        SELECT source_id, coalesce(published, first_seen) AS came
        FROM items
        WHERE first_seen <= moment AND coalesce(published, first_seen) <= moment
    ),
    spaced AS (
        SELECT source_id, came - lag(came) OVER (PARTITION BY source_id ORDER BY came) AS pause
        FROM arrived
        WHERE came > (SELECT max(polled_at) FROM looks) - INTERVAL 120 DAYS
    ),
    rhythms AS (
        SELECT source_id, quantile_cont(epoch(pause), 0.95) AS usual_gap_s, count(pause) AS pauses
        FROM spaced
        WHERE epoch(pause) > 0
        GROUP BY source_id
    ),
    filed AS (
        SELECT
            a.source_id,
            count(*) AS articles,
            max(a.recorded_at) AS last_article,
            count(*) FILTER (WHERE r.on_topic) AS on_topic
        FROM articles AS a
        JOIN revisions AS r ON r.article_id = a.article_id AND r.revision = 1
        WHERE a.recorded_at <= moment
        GROUP BY a.source_id
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
        coalesce(any_value(f.articles), 0) AS articles,
        nullif(arg_max(coalesce(moved_to, ''), polled_at), '') AS moved_to,
        any_value(f.last_article) AS last_article,
        coalesce(any_value(f.on_topic), 0) AS on_topic,
        CASE WHEN any_value(f.articles) > 0 THEN round(any_value(f.on_topic) / any_value(f.articles), 3) END AS yield,
        median(took_ms) FILTER (WHERE polled_at > last_good - INTERVAL 30 DAYS)::INTEGER AS median_ms,
        arg_max(robots, polled_at) AS robots,
        count(gap_since) AS gaps,
        max(polled_at) FILTER (WHERE gap_since IS NOT NULL) AS last_gap,
        (SELECT max(came) FROM arrived AS n WHERE n.source_id = l.source_id) AS last_item,
        any_value(h.usual_gap_s) AS usual_gap_s,
        coalesce(any_value(h.pauses), 0) AS pauses
    FROM looks AS l
    LEFT JOIN filed AS f USING (source_id)
    LEFT JOIN rhythms AS h USING (source_id)
    GROUP BY l.source_id;
CREATE OR REPLACE VIEW v_sources AS
    SELECT source_id, last_poll, last_outcome, error, last_success, failures, next_at, items, articles, moved_to,
        last_article, on_topic, yield, median_ms, robots, gaps, last_gap, last_item
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
COMMENT ON COLUMN v_sources.moved_to IS 'The address it is found at from now on; NULL: it has not moved';
COMMENT ON COLUMN v_sources.last_article IS 'When its last new article was filed; NULL: none yet';
COMMENT ON COLUMN v_sources.on_topic IS 'How many of its articles are on the topic';
COMMENT ON COLUMN v_sources.yield IS 'The share of its articles that are on the topic, 0 to 1; NULL: none yet';
COMMENT ON COLUMN v_sources.median_ms IS 'Median time of its looks in the last 30 days, in milliseconds';
COMMENT ON COLUMN v_sources.robots IS 'What robots.txt says of it: open, closed, none, unreachable; NULL: no host, or not told';
COMMENT ON COLUMN v_sources.gaps IS 'How often its window had moved on too far between two looks';
COMMENT ON COLUMN v_sources.last_gap IS 'The look that found the last such gap; NULL: none';
COMMENT ON COLUMN v_sources.last_item IS 'When the newest item it ever listed was published, or first seen; NULL: none';

-- Where an article's facts were taken from.
CREATE OR REPLACE MACRO provenance_at(moment) AS TABLE
    SELECT
        a.article_id,
        a.url,
        a.source_id,
        r.title_made,
        r.byline,
        r.published,
        r.published_precision,
        r.published_from,
        r.dating_rule,
        r.dating,
        r.partial,
        r.credit,
        r.credit_evidence,
        r.canonical,
        r.on_topic,
        r.reasons,
        r.raw_sha256,
        r.revision,
        r.recorded_at
    FROM articles AS a
    JOIN revisions_at(moment) AS r USING (article_id)
    WHERE a.recorded_at <= moment;
CREATE OR REPLACE VIEW v_provenance AS SELECT * FROM provenance_at('infinity'::TIMESTAMPTZ);
COMMENT ON VIEW v_provenance IS 'One row per article, at its latest revision: where its facts were taken from';
COMMENT ON COLUMN v_provenance.article_id IS 'The article';
COMMENT ON COLUMN v_provenance.url IS 'Its address';
COMMENT ON COLUMN v_provenance.source_id IS 'The source that listed it; NULL: imported or added by hand';
COMMENT ON COLUMN v_provenance.title_made IS 'Whether its title was made of its first sentence';
COMMENT ON COLUMN v_provenance.byline IS 'Who wrote it, as the page says; NULL: it does not';
COMMENT ON COLUMN v_provenance.published IS 'When it was published; NULL: unknown';
COMMENT ON COLUMN v_provenance.published_precision IS 'How exactly that is known';
COMMENT ON COLUMN v_provenance.published_from IS 'Where the date was taken from; NULL: unknown';
COMMENT ON COLUMN v_provenance.dating_rule IS 'The rule that decided between several dates; NULL: nothing to decide';
COMMENT ON COLUMN v_provenance.dating IS 'Every date that was found: [{found_in, when, precision, verdict}, …]';
COMMENT ON COLUMN v_provenance.partial IS 'Why its text is not the whole article; NULL: it is';
COMMENT ON COLUMN v_provenance.credit IS 'Whom it credits; NULL: nobody';
COMMENT ON COLUMN v_provenance.credit_evidence IS 'The words that say so';
COMMENT ON COLUMN v_provenance.canonical IS 'The address it names as the original''s; NULL: none';
COMMENT ON COLUMN v_provenance.on_topic IS 'Whether it is on the topic';
COMMENT ON COLUMN v_provenance.reasons IS 'The terms that made it so, or not enough of them';
COMMENT ON COLUMN v_provenance.raw_sha256 IS 'The SHA-256 of the bytes it was made from; NULL: it came as text';
COMMENT ON COLUMN v_provenance.revision IS 'The revision all this is of';
COMMENT ON COLUMN v_provenance.recorded_at IS 'When that was filed';

-- Later versions of pages: that we cleaned a page better, or got the whole of it at last, is no change of the page.
CREATE OR REPLACE MACRO revisions_of(moment) AS TABLE
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
    QUALIFY r.revision > 1 AND r.kind NOT IN ('recleaned', 'completed');
