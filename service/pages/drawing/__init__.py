"""Pictures as plain geometry, which templates draw: charts, the map, bars in time."""
