"""The plan: one Cypher statement for one whole operation, and the finisher that makes its row the answer.

    selection   what is asked for: fields with how each is read, by the type of the object
    reads/      how a field is read: each read writes its part of the statement and its step of the finisher
    compiler    walks a selection, hands out names and parameters, puts the parts together
    finisher    steps that turn raw values into the answer, with the spec's null propagation
    plan        the result: statement, parameters to bind, finisher

A plan knows nothing of GraphQL: `schema` lowers an operation to a selection and declares the reads.
"""
