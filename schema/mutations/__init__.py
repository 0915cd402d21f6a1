"""What can be written. Each field is one command: one transaction, with its changes in the ledger."""
