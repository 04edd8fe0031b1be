"""Process models: mined from journeys, judged, aligned with, drawn and written."""
