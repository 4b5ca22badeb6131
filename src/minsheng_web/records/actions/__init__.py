"""The only way to write: keyword-only functions with the actor; guards, one transaction, the audit row."""
