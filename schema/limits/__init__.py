"""Limits: how much one operation may ask for. What asks for more is refused before anything is asked of the graph.

limits      the numbers
measure     what a document asks for by its text alone, before it is validated
cost        what an operation asks for with its variables, before it is carried out
budget      what one request may cost
exceeded    the refusal
"""
