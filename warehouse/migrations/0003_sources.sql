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

-- Every date that was found for an article, with what became of it, and the rule that decided.
ALTER TABLE revisions ADD COLUMN dating JSON;            -- NULL: before it was kept
ALTER TABLE revisions ADD COLUMN dating_rule VARCHAR;    -- NULL: nothing to decide between

-- One row per block of text (a line) of an article: what many pages of a host have is no part of any of them.
CREATE TABLE blocks (
    host VARCHAR NOT NULL,
    block BIGINT NOT NULL,              -- a hash of its words
    article_id VARCHAR NOT NULL,
    body_hash VARCHAR NOT NULL,         -- of the whole body: one text under two addresses counts once
    recorded_at TIMESTAMPTZ NOT NULL
);

-- One row per raw body that was let go, for its age or for space.
CREATE TABLE dropped_bodies (
    sha256 VARCHAR PRIMARY KEY,
    bytes BIGINT NOT NULL,
    dropped_at TIMESTAMPTZ NOT NULL,
    why VARCHAR NOT NULL                -- age, space
);

-- One row per cleaning of a stored page by a later version of the cleaner (`volteface reclean`).
CREATE TABLE recleanings (
    page_key VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    cleaner VARCHAR NOT NULL,           -- name and version of the cleaner
    outcome VARCHAR NOT NULL,           -- revised, same, rejected
    recleaned_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (page_key, fetched_at, cleaner)
);
