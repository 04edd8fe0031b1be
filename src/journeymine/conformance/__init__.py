"""What customers did against the journey that was meant for them.

`meaning` turns what the project file states into an automaton, `drawing` what a BPMN
file draws; `alignment` finds the fewest moves in which a path differs from it.
"""
