"""What the report rests on: sources, balances, doubts, the meaning of words."""
