"""How each published figure is counted: a query that gives it again, or a reason."""
