"""Handpress: one Markdown series to handouts, a book, an ebook and a web page.

This page is the map. An article goes one way through the house, from left to right::

    Source ──parse──▶ Article ──assemble──▶ Series ──compose──▶ Document ──lay out──▶ Recipe ──press──▶ artefact
    text +            front matter,         order, authors,     numbered, filtered,   html, css, fonts,   PDF, EPUB,
    positions         body, anchors,        every anchor        addresses resolved    pictures, options   HTML
                      open references                           for one medium
    └────────── once, knows no medium ──────────────┘└──── once a medium, cheap ────┘└── only if it differs ──┘

Each type is a frozen dataclass; each stage makes a new one and changes nothing of the one before. Cheap
stages always run. An artefact is pressed again only when its recipe's fingerprint, the hash of every byte
that the press will read, is another than the one it was made by.

The modules, in reading order:

==============  ==========================================================================================
`problem`       what an author has to mend: places, messages, and all wording in one table, KINDS
`source`        the one door to the disk; text with positions; writing whole files or none
`workspace`     which folders a command speaks of; whose layouts and fonts win
`record`        JSON that is kept in the output folder, with its checksum and its types
`cache`         values kept between runs by the hash of what they were made from
`settings`      YAML by tables of keys, with a place for every value
`tree`          trees of elements, and the mark-up that HTML and XML parsers read alike
`markup`        Markdown to a tree
`unclosed`      tags without an end, which would take what follows along
`locate`        where a thing in a tree was written
`clean`         a tree within an allow-list and HTML's content model
`parts`         the author's conventions (exercise, care box, figure …) as one vocabulary
`exercise`      exercises with their dosage, and diaries
`picture`       what a picture is by its content, and what is let through of it
`raster`        pictures of pixels, opened in one place and brought to one form
`lettering`     words that a drawing holds as HTML, set as its letters
`geometry`      the numbers of a drawing, such as every renderer reads them
`grey`          pictures without their colours
`limits`        time and memory that reading one source may take
`article`       **parse**: one source to an `Article` with global ids and open references
`fonts`         the faces in `fonts/`, and which characters they have
`series`        **assemble**: articles to a `Series`; authors, practice, every link checked
`language`      which way a language is written
`medium`        the table of media: a medium is a row, not a branch in the code
`compose`       **compose**: a series for one medium; each link is Here, There or Away
`mirror`        stylesheets for languages that are written from right to left
`style`         stylesheets put together from layers, or flattened for e-readers
`lint`          mistakes in a workspace's own stylesheets
`speech`        the words of the layouts in a language; its dates, plurals, lists of names
`layout`        **lay out**: templates; what every medium's layout shares
`tagging`       mark-up as tagged PDF and EPUB want it
`art`           the drawing on a designed cover
`printed`       recipes of handouts and cover; what all pages of print share
`book`          the book's pieces, their page numbers, and the recipe that binds them
`pagebreak`     marks in the ebook where printed pages begin
`metadata`      what the ebook says of itself, found out from what is in it
`typeface`      the faces that go along in the ebook
`volume`        what is bound to one ebook: a series, several as its parts, or an article alone
`drawing`       the recipes of drawings that become pixels in the ebook
`ebook`         the recipe of the ebook
`pack`          recipes that bind handouts which are given out together
`booklet`       recipes that fold the book and the packs
`web`           recipes of the series' page, the articles' pages and the shelf
`imports`       which modules another one stands on, and the hash of their text
`recipe`        the `Recipe` and its fingerprint
`pagination`    where the pages of a laid-out piece begin in its text
`laid`          the boxes that WeasyPrint laid out, flat, in reading order
`proof`         what is wrong with laid-out pages: what is lost, cannot be read, or is ugly
`sheet`         how full the last page is, and what would bring a handout back onto its sheets
`pdf`           **press**: WeasyPrint with nothing but the recipe at hand
`tagger`        tags for a PDF, from elements and the boxes that they were laid out as
`structure`     tags while they are made; headers of tables; how tags are written
`finish`        metadata and colours: PDF/UA-1 and PDF/A-2a in one file
`srgb`          the colour profile that PDF/A wants
`epub`          **press**: EbookLib, and what it cannot say
`bind`          **bind**: pieces to one tagged PDF, folios and heads laid over
`collate`       **collate**: finished handouts to one pack, each on a fresh sheet
`impose`        **impose**: pages two a side on sheets that are folded to a booklet
`subset`        several subsets of one face to one
`store`         pieces that were pressed once
`temporary`     folders for temporary files, swept even after a killed build
`press`         workers on all cores, with limits of time and memory
`manifest`      what was made by which recipe; why an artefact would be made again
`unchanged`     whether anything is to be done at all
`trace`         where in its source a finding of the proof was written
`reading`       every series of a workspace, as far as it goes without the press
`waves`         what was asked for, and the recipes of all that is to be there, wave by wave
`build`         the way through the house: what is made, kept, and removed
`look`          what there is, and why it would be made again
`validate`      EPUBCheck and Ace, each message at the line of the source
`usage`         the command line, and what `--help` says of it
`cli`           what each command does, and what users are told
==============  ==========================================================================================

Looks are not in the code: `layouts/` has a skeleton for each medium, a template for each part, the words of
each language, and the stylesheets (tokens, base, parts, media, papers, styles).

To follow one article: `article.parse`, `series.assemble`, `compose.compose`, `printed.handouts`, `pdf.press`.
"""

__version__ = "0.1.0"
