"""Wrong answers written from the exercise notebook alone, by people who had not seen its checks.

One module for each exercise: WRONG has the same form as in the banks beside this one.
"""
