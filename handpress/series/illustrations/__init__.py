"""Illustrations: the pictures that articles show.

In: the address of a picture, or an article's characters. Out: the picture, a frame in its place with a problem, and the
characters that no font has. Not here: the formats of pictures (:mod:`handpress.assets`).
"""
