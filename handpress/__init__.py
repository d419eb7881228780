"""Handpress: one Markdown series to handouts, a book, an ebook and a web page.

This docstring is the map of the code. An article passes through the stages from left to right::

    Source ──parse──▶ Article ──assemble──▶ Series ──compose──▶ Document ──lay out──▶ Recipe ──press──▶ artefact
    text +            front matter,         order, authors,     numbered, filtered,   html, css, fonts,   PDF, EPUB,
    positions         body, anchors,        every anchor        addresses resolved    pictures, options   HTML
                      open references                           for one medium
    └────────── once, for all media ───────────────┘└─── once a medium, cheap ────┘└── only if it differs ──┘

Each type is a frozen struct of msgspec; each stage makes a new one and leaves its input unchanged. Cheap stages
always run, with the text of those articles alone that changed. An artefact is made again only when the fingerprint of its recipe changes: the hash of
every byte that the press reads.

The packages, from the ground up. A package imports only from those above it in this table, and two that share
a row do not import each other, nor do two modules anywhere; `make test` checks all of it:

===================  =====================================================================================
`core`               problems, files, limits, caches, the table of media
`markup`, `assets`   Markdown to clean trees of blocks; pictures and fonts
`series`, `press`    sources to a `Series`, every link checked; recipes to PDF and EPUB
`compose`            a series for one medium, every address resolved
`layout`             templates, stylesheets and words: documents to HTML
`print`, `web`       recipes of handouts, covers, books, packs and booklets; of pages and the shelf
`epub`               recipes of ebooks
`build`              load, plan, run; the manifest, and outdated artefacts
`check`, `serve`     rules on the sources, EPUBCheck and Ace; local servers, which open pages in the browser
`importers`          exports of blogs, saved pages and documents to the sources of a series
`translations`       what is translated of a series; its texts to files for translators, and back
`personal`           handouts filled in for clients, in memory
`editions`           releases, the ledger, editions made again from git, and their differences
`desk`, `watch`      the pages of a practitioner, to find, fill in and print handouts; those of an author, who writes
`cli`                the commands and their output
===================  =====================================================================================

The design is outside the code: `layouts/` has a skeleton for each medium, a template for each part, a folder for
each block, style and theme, the words of each language, and the stylesheets (tokens, base, parts, media, papers).

To follow one article: `series.parse`, `series.assemble`, `compose.compose`, `print.handout`, `press.pdf.render`.
"""

__version__ = "0.1.0"
