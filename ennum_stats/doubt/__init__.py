"""The adversary on board: altered ledgers, all that is said of them, and a reader who believes nothing."""
