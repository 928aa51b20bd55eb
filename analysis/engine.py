"""The reading engine's name and version: it stands on every row derived by it."""

ENGINE = "trees-2"
