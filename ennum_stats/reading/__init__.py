"""Numbers and questions in words: what they say, what they are about, and what the ledger says of it."""
