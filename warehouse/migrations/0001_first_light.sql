-- Facts are added, with the time they were recorded; only the states of queues (pages, deliveries, positions' ends,
-- rounds' ends) change in place, and each of those changes is a row of its own log as well.
-- Ids come from the content, times from the caller's clock: the same work done twice leaves the same rows.

CREATE TABLE about (
    key VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);

-- ── poll and fetch ──────────────────────────────────────────────────────────────────────────────────────────────────

-- One row per look at a source.
CREATE TABLE polls (
    source_id VARCHAR NOT NULL,
    polled_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL,           -- items, unchanged, failed
    http_status INTEGER,                -- NULL: no answer, or no HTTP
    error VARCHAR,                      -- NULL: nothing was wrong
    items INTEGER NOT NULL,
    new_items INTEGER NOT NULL,
    moved_to VARCHAR,                   -- NULL: not permanently redirected
    took_ms INTEGER NOT NULL,
    etag VARCHAR,                       -- NULL: the server gave none
    last_modified VARCHAR,              -- NULL: the server gave none
    next_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (source_id, polled_at)
);

-- One row per page a source has listed or a user has given; the queue of fetching.
CREATE TABLE pages (
    page_key VARCHAR PRIMARY KEY,       -- news.filing.url_key of the address
    url VARCHAR NOT NULL,
    source_id VARCHAR,                  -- NULL: given by hand
    item JSON NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ,             -- when its source last said that it changed; NULL: never
    fetches INTEGER NOT NULL,
    failures INTEGER NOT NULL,          -- in a row, up to the last fetch
    last_at TIMESTAMPTZ,                -- NULL: never fetched
    last_outcome VARCHAR,               -- NULL: never fetched
    last_permanent BOOLEAN,             -- NULL: never fetched
    final_url VARCHAR,                  -- the address after redirects; NULL: never got there
    etag VARCHAR,                       -- NULL: the server gave none
    last_modified VARCHAR               -- NULL: the server gave none
);

-- One row per page and source that listed it: what that source last said of it.
CREATE TABLE items (
    page_key VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    title VARCHAR,                      -- NULL: the source gave none
    updated TIMESTAMPTZ,                -- NULL: the source gave none
    item JSON NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ,             -- NULL: it has said the same ever since
    PRIMARY KEY (page_key, source_id)
);

-- One row per fetch of a page.
CREATE TABLE fetches (
    page_key VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    url VARCHAR NOT NULL,
    source_id VARCHAR,                  -- NULL: given by hand
    outcome VARCHAR NOT NULL,           -- page, unchanged, gone, failed
    final_url VARCHAR,                  -- NULL: no answer
    http_status INTEGER,                -- NULL: no answer
    content_type VARCHAR,               -- NULL: not stated
    sha256 VARCHAR,                     -- of the body; NULL: there was none
    etag VARCHAR,
    last_modified VARCHAR,
    error VARCHAR,                      -- NULL: nothing was wrong
    permanent BOOLEAN NOT NULL,
    attempts INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    PRIMARY KEY (page_key, fetched_at)
);

-- One row per distinct body.
CREATE TABLE bodies (
    sha256 VARCHAR PRIMARY KEY,
    gzipped BLOB NOT NULL,
    bytes BIGINT NOT NULL               -- before compression
);

-- One row per fetch that has been cleaned, or needed no cleaning.
CREATE TABLE cleanings (
    page_key VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    outcome VARCHAR NOT NULL,           -- cleaned, rejected, same (the bytes of the fetch before)
    cleaned_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (page_key, fetched_at)
);

-- ── file ────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- One row per article; what changes between its revisions stands there.
CREATE TABLE articles (
    article_id VARCHAR PRIMARY KEY,
    url VARCHAR NOT NULL,
    url_key VARCHAR NOT NULL,
    source_id VARCHAR,                  -- NULL: imported or added by hand
    seen TIMESTAMPTZ NOT NULL,          -- when its first revision came to our notice
    recorded_at TIMESTAMPTZ NOT NULL
);

-- One row per address an article has been met under.
CREATE TABLE article_urls (
    url_key VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);

-- One row per version of an article's text. Revision 1 is the first.
CREATE TABLE revisions (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    kind VARCHAR NOT NULL,              -- first, headline, extended, cut, changed
    external_id VARCHAR,                -- NULL: its giver had no id for it
    outlet VARCHAR NOT NULL,            -- an outlet's id in the topic, else a name or host
    title VARCHAR NOT NULL,
    title_made BOOLEAN NOT NULL,
    text VARCHAR NOT NULL,
    body_hash VARCHAR NOT NULL,         -- of the body's words alone
    excluded JSON NOT NULL,             -- [{start, end, why}, …]
    lang VARCHAR,                       -- NULL: not recognised
    byline VARCHAR,                     -- NULL: none given
    published TIMESTAMPTZ,              -- NULL: unknown
    published_precision VARCHAR NOT NULL,
    published_from VARCHAR,             -- NULL: unknown
    seen TIMESTAMPTZ NOT NULL,
    credit VARCHAR,                     -- NULL: credits nobody
    credit_evidence VARCHAR,            -- NULL: credits nobody
    canonical VARCHAR,                  -- NULL: names no other address as the original
    partial VARCHAR,                    -- why the body is not whole; NULL: it is
    raw_sha256 VARCHAR,                 -- of its page's body; NULL: it came as text
    origin VARCHAR NOT NULL,            -- whose word it is by its own credit; a copy's is its original's
    relevance DOUBLE NOT NULL,
    on_topic BOOLEAN NOT NULL,
    reasons JSON NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (article_id, revision)
);

-- One row per verdict on an article that was taken for a copy; the last version holds.
CREATE TABLE copies (
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,           -- 1 is the first
    recorded_at TIMESTAMPTZ NOT NULL,
    original_id VARCHAR,                -- NULL: taken for an original from then on
    kind VARCHAR,                       -- identical, syndicated, edited, spun, summary; NULL with original_id
    score DOUBLE,                       -- NULL with original_id
    evidence JSON,                      -- the measures that decided; NULL with original_id
    PRIMARY KEY (article_id, version)
);

-- One row per sampled mark of an article's text; marks in common make two articles worth comparing.
CREATE TABLE sketches (
    mark BIGINT NOT NULL,
    article_id VARCHAR NOT NULL
);

-- ── read and compare ────────────────────────────────────────────────────────────────────────────────────────────────

-- One row per engine's reading of a revision, or its reason for not reading it.
CREATE TABLE readings (
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    engine VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,           -- read, copy, off_topic, language, or why it failed
    claims INTEGER NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (article_id, revision, engine, outcome)
);

-- One row per claim an engine read. Spans are code points of the revision's text.
CREATE TABLE claims (
    claim_id VARCHAR NOT NULL,
    engine VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    holder VARCHAR NOT NULL,
    holder_kind VARCHAR NOT NULL,
    actor VARCHAR,                      -- NULL: speaks for no tracked entity
    rank INTEGER,                       -- NULL: holds no office of the topic
    modality VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    source JSON NOT NULL,
    cue JSON NOT NULL,
    content JSON NOT NULL,
    quoted BOOLEAN NOT NULL,
    spoken_on DATE,                     -- NULL: cannot be told
    figures JSON NOT NULL,
    content_key VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    modality_rule VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (claim_id, engine)
);

-- One row per claim and proposition it takes a side on.
CREATE TABLE claim_propositions (
    claim_id VARCHAR NOT NULL,
    engine VARCHAR NOT NULL,
    proposition VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    rule VARCHAR NOT NULL,
    place INTEGER NOT NULL,             -- its place in the claim's list
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (claim_id, engine, proposition)
);

-- One row per comparison of a claim with those before it; the last version holds.
CREATE TABLE comparisons (
    claim_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,           -- 1 is the first
    recorded_at TIMESTAMPTZ NOT NULL,
    novelty VARCHAR NOT NULL,
    of_claim VARCHAR,                   -- NULL: compared with none (new)
    line VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    PRIMARY KEY (claim_id, version)
);

-- One row per stance of a holder (or of an actor as a whole) since a day, as long as we held it to be so.
CREATE TABLE positions (
    position_id VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    replaced_at TIMESTAMPTZ,            -- when we no longer held it; NULL: we do
    proposition VARCHAR NOT NULL,
    actor VARCHAR,                      -- NULL: the holder speaks for no tracked entity
    holder VARCHAR,                     -- NULL: the actor as a whole
    stance VARCHAR NOT NULL,
    since DATE NOT NULL,
    claims JSON NOT NULL,
    PRIMARY KEY (position_id, recorded_at)
);

-- One row per version of a finding; the first says when it was found, the last what holds.
CREATE TABLE findings (
    finding_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,           -- 1 is the first
    recorded_at TIMESTAMPTZ NOT NULL,
    content_hash VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    happened_on DATE,                            -- NULL: the day is unknown, or it has none
    sentence VARCHAR NOT NULL,
    proposition VARCHAR,                -- NULL: about none in particular
    actor VARCHAR,
    holder VARCHAR,                     -- NULL: the actor as a whole
    confidence DOUBLE NOT NULL,
    single_origin BOOLEAN NOT NULL,
    baseline BOOLEAN NOT NULL,
    before JSON NOT NULL,
    after JSON NOT NULL,
    detail JSON NOT NULL,
    PRIMARY KEY (finding_id, version)
);

-- ── digest and deliver ──────────────────────────────────────────────────────────────────────────────────────────────

-- One row per digest of one subscriber.
CREATE TABLE digests (
    digest_id VARCHAR PRIMARY KEY,
    subscriber VARCHAR NOT NULL,
    topic_id VARCHAR NOT NULL,
    topic_title VARCHAR NOT NULL,
    since TIMESTAMPTZ NOT NULL,         -- exclusive
    until TIMESTAMPTZ NOT NULL,         -- inclusive
    tally JSON NOT NULL,
    unseen JSON NOT NULL,
    notices JSON NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);

-- One row per finding told in a digest.
CREATE TABLE digest_findings (
    digest_id VARCHAR NOT NULL,
    place INTEGER NOT NULL,
    finding_id VARCHAR NOT NULL,
    PRIMARY KEY (digest_id, place)
);

-- One row per message; the outbox.
CREATE TABLE deliveries (
    delivery_id VARCHAR PRIMARY KEY,
    digest_id VARCHAR NOT NULL,
    subscriber VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,             -- pending, sending, sent, failed, unknown
    created_at TIMESTAMPTZ NOT NULL,
    attempts INTEGER NOT NULL,
    next_at TIMESTAMPTZ,                -- not before then; NULL: at once, or never again
    last_error VARCHAR,                 -- NULL: nothing was wrong
    notified_at TIMESTAMPTZ             -- when a later digest named it; NULL: not yet
);

-- One row per change of a message's state.
CREATE TABLE delivery_events (
    delivery_id VARCHAR NOT NULL,
    n INTEGER NOT NULL,                 -- 1 is its making
    entered_at TIMESTAMPTZ NOT NULL,
    state VARCHAR NOT NULL,
    error VARCHAR,                      -- NULL: nothing was wrong
    PRIMARY KEY (delivery_id, n)
);

-- One row per rendered form of a message.
CREATE TABLE payloads (
    delivery_id VARCHAR NOT NULL,
    format VARCHAR NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (delivery_id, format)
);

-- ── the product itself ──────────────────────────────────────────────────────────────────────────────────────────────

-- One row per given row, file or page that was not filed.
CREATE TABLE rejects (
    reject_id VARCHAR PRIMARY KEY,
    given VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    mend VARCHAR NOT NULL,
    excerpt VARCHAR NOT NULL,
    rejected_at TIMESTAMPTZ NOT NULL
);

-- One row per round (a run, or one simulated step of a replay).
CREATE TABLE rounds (
    round_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    instant TIMESTAMPTZ NOT NULL,       -- what the round's clock showed
    began_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,            -- NULL: it has not come to its end
    counts JSON                         -- NULL likewise
);
