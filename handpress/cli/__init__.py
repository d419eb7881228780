"""The command line: the commands that users type, and their output.

In: arguments. Out: lines on the terminal and an exit code.
Here belongs one module for each command, and the output of problems and progress.
Not here: decisions about content. Another front end would use `build` in the same way.
"""
