"""One process per tool: loads a log, then measures as often as it is asked."""
