"""Finding an offer: the form of a need, what fits it, offers side by side, and the answer on paper."""
