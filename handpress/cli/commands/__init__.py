"""The commands: a module each.

In: the arguments of a command. Out: an exit code, and what the command prints. Each module has its `SUMMARY`
for the help, `add_arguments(parser)`, and `run(options)`; its row is in `cli.main`.
Not here: the work itself, which any other program could call as well.
"""
