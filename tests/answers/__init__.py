"""Two banks of answers for each task, which the checks do not know.

One module for each exercise. RIGHT: right answers written quite differently; all must earn full
points. WRONG: wrong answers; all must be rejected, and none may be given a known one's name, but for an
entry (function, name), which does the same as that known one though it is written differently.
EQUIVALENT: mutants of the reference (tests/mutate.py names them) that are right answers too, each
with the reason.
"""
