"""The plain path: graphql-core executes an operation field by field over the graph in memory.

It is slow and simple, shares no code with the plan, and says what the plan must answer: tests hold the two equal.
"""

from schema.plain.directory import PlainDirectory

__all__ = ["PlainDirectory"]
