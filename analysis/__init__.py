"""From articles to claims, stances, comparisons and shifts: plain rules over the exact text, and pure deciders."""
