"""The web and files, made into clean articles: poll, fetch, clean, import. The only floor that speaks HTTP."""
