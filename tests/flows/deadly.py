"""Work for a cleaning process that ends it, as a fault in a parser would, on the pages that say so."""

import os

from flows.cleaning import clean_some


def clean_or_die(pages, now):
    """Cleans pages; one with the word kills the process."""
    if any(b"deadly" in page.body for page in pages):
        os._exit(1)
    return clean_some(pages, now)
