"""Offers: the list to look through, and the page of each, with who decides about it and which are like it."""
