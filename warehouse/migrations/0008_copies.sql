-- Every verdict on a copy, with what it rests on, for people who query.
CREATE VIEW v_copies AS
    SELECT
        c.article_id,
        a.url,
        c.version,
        c.recorded_at,
        c.original_id,
        o.url AS original_url,
        c.kind,
        c.score,
        c.evidence,
        c.version = max(c.version) OVER (PARTITION BY c.article_id) AS holds
    FROM copies AS c
    JOIN articles AS a USING (article_id)
    LEFT JOIN articles AS o ON o.article_id = c.original_id;
COMMENT ON VIEW v_copies IS 'One row per verdict on an article that was taken for a copy, the earlier ones too';
COMMENT ON COLUMN v_copies.article_id IS 'The copy';
COMMENT ON COLUMN v_copies.url IS 'Its address';
COMMENT ON COLUMN v_copies.version IS '1 is the first verdict';
COMMENT ON COLUMN v_copies.recorded_at IS 'When it was held so';
COMMENT ON COLUMN v_copies.original_id IS 'Of which original; NULL: taken for an original from then on';
COMMENT ON COLUMN v_copies.original_url IS 'The address of that';
COMMENT ON COLUMN v_copies.kind IS 'identical, syndicated, edited, spun or summary';
COMMENT ON COLUMN v_copies.score IS 'How alike they are, 0 to 1';
COMMENT ON COLUMN v_copies.evidence IS 'The measures that decided, and what is shared: sentences, quotations, names and numbers in order, the credit';
COMMENT ON COLUMN v_copies.holds IS 'Whether it is the last word';
