-- Changes one row per page whose article was just filed (`filed`), under its own address or the one it leads to.
UPDATE pages
SET off_topic = filed.off_topic
FROM filed
WHERE (pages.page_key = filed.page_key) AND pages.off_topic IS DISTINCT FROM filed.off_topic
