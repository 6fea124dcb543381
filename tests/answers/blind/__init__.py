"""Wrong answers written from the exercise notebook alone, before its checks were looked at.

One module for each exercise: WRONG has the same form as in the banks beside this package.
"""
