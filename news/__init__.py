"""The nouns of Volteface and its pure rules. Standard library only; every other floor speaks in these records."""
