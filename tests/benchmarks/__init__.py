"""Benchmarks: how fast the service is beside what it could be at best. See docs/benchmarks.md.

Run by `make bench`, that is `python -m tests.benchmarks`. They print ratios of one run, since times from a shared
machine say little: what is compared takes turns, so that noise falls on both.
"""
