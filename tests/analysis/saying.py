"""What tests of attribution ask of claims: whose they are, and their words."""


def said(claims):
    """The holder and the words of each claim, pieces of one content joined."""
    return [
        (
            claim.holder,
            " … ".join(claim.evidence[start - claim.start : end - claim.start] for start, end in claim.content),
        )
        for claim in claims
    ]
