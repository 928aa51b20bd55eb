-- Removes the marks of the articles of $ids; none of them was made for a day before $first or after $last: by these
-- constants the marks of all other times are passed over.
DELETE FROM sketches
WHERE article_id IN (SELECT unnest($ids::VARCHAR[])) AND day BETWEEN $first AND $last
