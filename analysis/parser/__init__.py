"""A small parser of English news that needs no download: words → tags, lemmas, trees, sentence bounds and names."""
