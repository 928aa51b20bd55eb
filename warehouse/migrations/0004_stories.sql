-- Versions of one running story made its sentences look like furniture of their host: blocks are counted by story now,
-- and what was learned before is learned anew.
DROP TABLE blocks;
CREATE TABLE blocks (
    host VARCHAR NOT NULL,
    block BIGINT NOT NULL,              -- a hash of its words
    page_key VARCHAR NOT NULL,
    story VARCHAR NOT NULL,             -- the body hash of the first page of the story that this page tells
    letters INTEGER NOT NULL,           -- the length of the block, in characters
    seen TIMESTAMPTZ NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (host, page_key, block)
);
DELETE FROM furniture;
