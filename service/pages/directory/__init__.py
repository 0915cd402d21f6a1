"""Everything by name: search, the classification, organisations, how things are connected, what a page asks."""
