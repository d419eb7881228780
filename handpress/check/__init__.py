"""Check: rules on the sources, and external validators of finished files.

In: a workspace, or finished ebooks. Out: problems, each at its source line.
Here belong rules that an editor, a reviewer of health texts or an auditor of accessibility would apply.
Not here: the preflight, which checks pages before they are written, and checks of sources while parsing.
"""
