"""Check: validators of finished files that other people make.

In: finished ebooks. Out: problems, each at its source line.
Here belong programs and rules that look at what is published.
Not here: the preflight, which sees pages before they are written, and checks of sources while parsing.
"""
