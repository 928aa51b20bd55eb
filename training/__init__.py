"""How the small parser of `analysis.parser` is trained; see `make model`. Nothing here is part of the product."""
