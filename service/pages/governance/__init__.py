"""Who decides: seats, boards and people on any day, what ends, and the same as calendar file and spreadsheet."""
