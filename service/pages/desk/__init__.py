"""The desk of those who keep the directory fresh: editors of offers, and the secretariat."""
