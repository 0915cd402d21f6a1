"""The contract: what clients may ask, one file a noun, each field declared together with how it is read."""
