"""The command line: what users type, and what they are told.

In: arguments. Out: lines on the terminal and an exit code.
Here belongs one module for each command, and the way that problems and progress are shown.
Not here: any decision about content. Another front end would use `build` as this one does.
"""
