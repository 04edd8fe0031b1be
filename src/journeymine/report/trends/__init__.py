"""The measures over time: objectives, what changed, and a chart to explore."""
