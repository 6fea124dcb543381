"""The command `threesteps`, in the order in which a submission goes through its rooms.

`reading` what was handed in, running it `apart`, `judging` it, and `reporting`; `publishing` makes
what is handed out. Each imports only from rooms before it.
"""


class WrongUse(ValueError):
    """The command can't be carried out as it was given; the message says why."""


class Refused(Exception):
    """A notebook breaks the rules; `problems` says where and how, one line each."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems
