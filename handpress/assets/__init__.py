"""Assets: pictures and fonts, checked and converted.

In: the bytes of a picture or font file. Out: a checked picture with its type and size, converted pictures, QR
codes, cover art, the characters of a font. Here belongs everything that opens a picture.
Not here: the position and the printed size of a picture.
"""
