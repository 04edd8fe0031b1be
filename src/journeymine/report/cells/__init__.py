"""What stands in the cells of the map: numbers and names, and their wording.

The report and the hand-outs are written from it, so that they say the same.
"""
