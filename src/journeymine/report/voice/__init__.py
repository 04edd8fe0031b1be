"""What customers say: NPS, CSAT, CES and emotion, asked and unasked apart."""
