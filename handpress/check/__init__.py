"""Check: external validators of finished files.

In: finished ebooks. Out: problems, each at its source line.
Here belong programs and rules that inspect the published files.
Not here: the preflight, which checks pages before they are written, and checks of sources while parsing.
"""
