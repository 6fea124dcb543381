"""What runs submissions in processes apart: `processes` starts and ends them, `protect` confines them.

Inside are `server` and `child`; what crosses goes through `channel`. This file runs there, too, so it
imports nothing: whatever the judge needs would bring the answers in.
"""
