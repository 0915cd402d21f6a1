"""Agreements, their focus areas, how capacity and prices develop under them, and knowledge that is shared."""
