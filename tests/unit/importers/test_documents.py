"""Word, OpenDocument, EPUB, Google Docs, Joplin and Notion."""

from __future__ import annotations

from helpers.exports import DRAWING, docx, odt, packed, paragraph, tarred
from helpers.pictures import png
from helpers.workspaces import Book

X = "sources/x"


def imported(book: Book, *arguments: str) -> dict[str, str]:
    """The text of each article, without its settings."""
    ran = book.run("import", *arguments, "--to", X)
    assert ran.code == 0, ran
    book.write("said.txt", ran.out)
    files = sorted((book.root / X).glob("*.md"))
    return {p.name: p.read_text(encoding="utf-8").partition("---\n\n")[2] for p in files}


def test_word(empty: Book) -> None:
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    table = (
        "<w:tbl>"
        + "<w:tr>"
        + "".join(f"<w:tc>{paragraph(t)}</w:tc>" for t in "ab")
        + "</w:tr></w:tbl>"
    )
    body = (
        paragraph("Strong Knees", "Title") + paragraph("Why", "H1") + paragraph("Text", "", note)
        + paragraph("", "", f"<w:r>{DRAWING}</w:r>") + paragraph("The caption.", "Caption") + table
        + paragraph("Odd one.", "Odd") + '<w:p><w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
    )  # fmt: skip
    empty.write("knees.docx", docx(body))
    assert imported(empty, "knees.docx") == {
        "01-knees.md": '## Why\n\nText[^1]\n\n![A chair](images/knees-1.png "The caption.")\n\n'
        "|  |  |\n| --- | --- |\n| a | b |\n\nOdd one.\n\n[^1]: A note.\n"
    }
    assert "title: Strong Knees\n" in empty.read(f"{X}/01-knees.md")
    assert "changed: styles that are not kept: knees.docx" in empty.read("said.txt")
    assert "changed: deletions that were tracked are left out: knees.docx" in empty.read("said.txt")


def test_words_that_are_not_read_are_listed(empty: Book) -> None:
    """Those of a table of contents, for example."""
    contents = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    styles = f'<w:styles xmlns:w="{word}">{contents}</w:styles>'
    empty.write("a.docx", docx(paragraph("Chapter 1", "T1") + paragraph("Text."), styles=styles))
    assert imported(empty, "a.docx") == {"01-a.md": "Text.\n"}
    assert "left out: words of the document that are not read: a.docx" in empty.read("said.txt")


def test_word_with_a_large_first_letter(empty: Book) -> None:
    """It has a paragraph of its own, and is the first letter of the next."""
    frame = '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>S</w:t></w:r></w:p>'
    empty.write("a.docx", docx(frame + paragraph("quats are easy.", "Odd")))
    assert imported(empty, "a.docx") == {"01-a.md": "Squats are easy.\n"}
    assert "are not read" not in empty.read("said.txt")


def test_drawings_that_are_no_pictures_are_listed(empty: Book) -> None:
    drawn = "http://schemas.openxmlformats.org/drawingml/2006"
    chart = (
        f'<w:r><w:drawing><p:inline xmlns:p="{drawn}/wordprocessingDrawing"><p:docPr id="1" name="Chart 1"/>'
        f'<a:graphic xmlns:a="{drawn}/main"><a:graphicData uri="{drawn}/chart"/></a:graphic></p:inline></w:drawing></w:r>'
    )
    empty.write("a.docx", docx(paragraph("Text.", "", chart)))
    assert imported(empty, "a.docx") == {"01-a.md": "Text.\n"}
    assert "left out: a chart: a.docx" in empty.read("said.txt")


def test_documents_beside_the_articles_are_listed(empty: Book) -> None:
    empty.write("in/a.docx", docx(paragraph("Text.")))
    empty.write("in/b.odt", odt("<text:p>Other.</text:p>"))
    empty.write("in/notes.txt", "no document")
    assert imported(empty, "in") == {"01-a.md": "Text.\n"}
    assert "left out: 1 document beside the articles: the export" in empty.read("said.txt")


def test_a_document_without_text_is_listed(empty: Book) -> None:
    empty.write("a.docx", docx(paragraph("")))
    assert imported(empty, "a.docx") == {"01-a.md": "\n"}
    assert "missing: it has no text: a.docx" in empty.read("said.txt")


def test_a_bomb_in_a_document(empty: Book) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    empty.write("a.docx", docx(paragraph("Text."), settings=bomb))
    ran = empty.run("import", "a.docx")
    assert (ran.code, "defines entities" in ran.err) == (2, True)


def test_opendocument(empty: Book) -> None:
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/>'
        '<text:list-level-style-bullet text:level="2"/></text:list-style>'
    )
    body = (
        '<text:p text:style-name="Title">Strong Knees</text:p><text:h text:outline-level="1">Why</text:h>'
        '<text:p>Some <text:span text:style-name="T1">bold</text:span><text:s/>text<text:note text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
        '<office:annotation><text:p>A comment</text:p></office:annotation></text:p><text:list text:style-name="L1">'
        "<text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list>"
        "</text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>"
        '<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>A chair</svg:desc></draw:frame></text:p>'
        '<text:p text:style-name="Caption">The caption.</text:p>'
        '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>a</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell><text:p>b</text:p>"
        "</table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
    )
    empty.write("knees.odt", odt(body, styles))
    assert imported(empty, "knees.odt") == {
        "01-knees.md": "## Why\n\nSome **bold** text[^1]\n\n1. one\n   - deep\n2. two\n\n"
        '![A chair](images/knees-a.png "The caption.")\n\n'
        '<table>\n<tr><td colspan="2">a</td></tr>\n<tr><td>b</td><td>c</td></tr>\n</table>\n\n[^1]: A note.\n'
    }
    assert "left out: a comment: knees.odt" in empty.read("said.txt")


CHAPTER = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{}</body></html>'


def book_of(chapters: dict[str, str]) -> dict[str, str | bytes]:
    manifest = "".join(
        f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in chapters
    )
    spine = "".join(f'<itemref idref="{n}"/>' for n in chapters)
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Strong</dc:title><dc:creator>Ada Stone</dc:creator><dc:language>en</dc:language></metadata>"
        f"<manifest>{manifest}</manifest><spine>{spine}</spine></package>",
        "OPS/a.png": png(8, 8),
    } | {f"OPS/{name}.xhtml": CHAPTER.format(text) for name, text in chapters.items()}


def test_epub(empty: Book) -> None:
    files = book_of(
        {
            "cover": '<section epub:type="cover"><p>Cover words</p></section>',
            "one": '<h1>One</h1><p>Text<a id="r1" epub:type="noteref" href="notes.xhtml#n1">1</a>, <a href="two.xhtml">see</a>.</p>'
            '<p><img src="a.png" alt="A"/></p>',
            "two": "<h1>Two</h1><p>More.</p>",
            "notes": '<ol><li id="n1"><p>The note. <a href="one.xhtml#r1">↩</a></p></li></ol>',
        }
    )
    empty.write("book.epub", packed(files))
    assert imported(empty, "book.epub") == {
        "01-one.md": "Text[^1], [see](02-two.md).\n\n![A](images/a.png)\n\n[^1]: The note.\n",
        "02-two.md": "More.\n",
    }
    assert empty.read("said.txt").count("left out: a document that Handpress makes itself") == 1


def test_an_epub_of_one_document(empty: Book) -> None:
    """Which its guide calls the table of contents."""
    files = book_of({"one": "<h1>One</h1><p>Text.</p>"})
    guide = '<guide><reference type="toc" href="one.xhtml"/></guide></package>'
    files["OPS/book.opf"] = str(files["OPS/book.opf"]).replace("</package>", guide)
    empty.write("book.epub", packed(files))
    assert imported(empty, "book.epub") == {"01-one.md": "Text.\n"}


def test_a_protected_book(empty: Book) -> None:
    cipher = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
        'xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData><CipherReference URI="OPS/one.xhtml"/></CipherData>'
        "</EncryptedData></encryption>"
    )
    empty.write(
        "book.epub", packed({**book_of({"one": "<p>x</p>"}), "META-INF/encryption.xml": cipher})
    )
    ran = empty.run("import", "book.epub")
    assert (ran.code, "protected against copying" in ran.err) == (2, True)


def test_google_docs_without_lists_and_links(empty: Book) -> None:
    page = (
        '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">'
        '.c1{font-weight:700}</style></head><body class="c5 doc-content"><p class="c3 title"><span>Rest</span></p>'
        '<p><span class="c1">Sleep</span><span> well.</span></p></body></html>'
    )
    empty.write("rest.html", page)
    assert imported(empty, "rest.html") == {"01-rest.md": "**Sleep** well.\n"}
    assert "title: Rest\n" in empty.read(f"{X}/01-rest.md")


def test_google_docs(empty: Book) -> None:
    page = (
        '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">'
        "@import url(https://themes.googleusercontent.com/fonts/css);.c1{font-weight:700}.c2{font-style:italic}"
        'ul.lst-kix_a-0{list-style-type:none}</style></head><body class="doc-content"><p class="title">Strong Knees</p>'
        '<p><span>Some </span><span class="c1">bold</span><span class="c2"> tilted</span><sup><a href="#ftnt1" id="ftnt_ref1">'
        '[1]</a></sup><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> and <span><a href="https://www.google.com/url?q='
        'https://example.org/x%26y&amp;sa=D">a link</a></span></p><ul class="lst-kix_a-0 start"><li>one</li></ul>'
        '<ul class="lst-kix_a-1 start"><li>deep</li></ul><ul class="lst-kix_a-0"><li>two</li></ul>'
        '<p><img alt="A" src="images/image1.png"></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> The note.</span></p>'
        '</div><div class="c3"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>A comment</span></p></div></body></html>'
    )
    empty.write("doc.zip", packed({"StrongKnees.html": page, "images/image1.png": png(8, 8)}))
    assert imported(empty, "doc.zip") == {
        "01-strongknees.md": "Some **bold** *tilted*[^1] and [a link](https://example.org/x&y)\n\n"
        "- one\n  - deep\n- two\n\n![A](images/image1.png)\n\n[^1]: The note.\n"
    }
    assert "left out: a comment: StrongKnees.html" in empty.read("said.txt")


def test_notion_as_html_in_an_archive_of_the_archive(empty: Book) -> None:
    one, two = "0123456789abcdef" * 2, "fedcba9876543210" * 2
    page = (
        '<html><head><title>One</title></head><body><article class="page sans"><header><h1 class="page-title">One</h1>'
        '<table class="properties"><tbody><tr class="property-row property-row-date"><th>Date</th><td>2026-02-03</td></tr>'
        '<tr class="property-row property-row-text"><th>Mood</th><td>calm</td></tr></tbody></table></header>'
        '<div class="page-body"><p>Text, <a href="Two%20{two}.html">see</a>.</p><ul class="to-do-list"><li>'
        '<div class="checkbox checkbox-on"></div> <span>done</span></li></ul><figure class="callout"><div>!</div><div>Mind.</div>'
        '</figure><figure class="image"><a href="a.png"><img src="a.png"></a></figure></div></article></body></html>'
    ).replace("{two}", two)
    inner = {
        f"One {one}.html": page,
        f"Two {two}.html": page.replace("One", "Two"),
        "a.png": png(8, 8),
    }
    empty.write("export.zip", packed({"Export-Part-1.zip": packed(inner)}))
    made = imported(empty, "export.zip")
    assert (
        made["01-one.md"]
        == "Text, [see](02-two.md).\n\n- [x] done\n\n> !\n>\n> Mind.\n\n![](images/a.png)\n"
    )
    assert "date: 2026-02-03\n" in empty.read(f"{X}/01-one.md")
    assert "left out: the property `Mood`" in empty.read("said.txt")


def test_notion_as_markdown(empty: Book) -> None:
    name = "0123456789abcdef" * 2
    text = "# One\n\nTags: knees, rest\n\n- [ ] do\n\n![A](One/a.png)\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    empty.write("export.zip", packed({f"One {name}.md": text, "One/a.png": png(8, 8)}))
    assert imported(empty, "export.zip") == {
        "01-one.md": "- [ ] do\n\n![A](images/a.png)\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    }
    assert "tags: [knees, rest]\n" in empty.read(f"{X}/01-one.md")


def test_notion_with_its_index_and_attached_pictures(empty: Book) -> None:
    """The pages are in the order of the index, the series has the name of the page above them."""
    knees, rest, walk = (letter * 32 for letter in "abc")
    page = (
        '<html><body><article class="page"><header><h1 class="page-title">{}</h1></header>'
        '<div class="page-body">{}</div></article></body></html>'
    )
    attached = (
        f'<figure><div class="source"><a href="Rest%20{rest}/%25D0%25BA.jpg">\u043a.jpg</a></div></figure>'
        f'<p><a href="Rest%20{rest}/plan.pdf">The plan</a></p>'
        # A formula, once for screen readers and once as letters in their places.
        '<p><span class="katex"><span class="katex-mathml"><math><semantics><mi>t</mi><annotation encoding="application/x-tex">'
        't^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><b>t</b>2</span></span></p>'
    )
    index = "".join(
        f'<li><a href="{name}.html">x</a></li>'
        for name in (f"Knees {knees}", f"Knees {knees}/Walk {walk}", f"Knees {knees}/Rest {rest}")
    )
    below = f"Export-950ad927-7171-4abf-9001-821e5310d286/Knees {knees}"
    files = {
        "Export-950ad927-7171-4abf-9001-821e5310d286/index.html": f"<ul>{index}</ul>",
        f"{below}.html": page.format("Knees", "<p>Two pages.</p>"),
        f"{below}/Rest {rest}.html": page.format("Rest", attached),
        f"{below}/Rest {rest}/%D0%BA.jpg": png(8, 8),
        f"{below}/Walk {walk}.html": page.format("Walk", "<p>Daily.</p>"),
    }
    empty.write("export.zip", packed(files))
    made = imported(empty, "export.zip")
    assert list(made) == ["01-knees.md", "02-walk.md", "03-rest.md"]
    assert made["03-rest.md"].startswith("![](images/")
    assert made["03-rest.md"].endswith("\n\n$t^2$\n")
    assert "title: Knees\n" in empty.read(f"{X}/series.yaml")
    assert "changed: an attached picture is shown in the text" in empty.read("said.txt")


def joplin(title: str, text: str, kind: int, **facts: str) -> str:
    """A file of Joplin's export."""
    written = {"id": "", "created_time": "2026-02-03T10:00:00.000Z", **facts, "type_": str(kind)}
    lines = "\n".join(f"{name}: {value}" for name, value in written.items())
    return "\n\n".join(filter(None, (title, text, lines)))


def test_joplin(empty: Book) -> None:
    """Notes are articles in the order in which they were written; the series has the name of their notebook."""
    book, knees, rest, tag, tagged, photo, plan, older, gone = (
        letter * 32 for letter in "123456789"
    )
    text = (
        f"Bend, then [rest](:/{rest}#why) ([the plan](:/{plan})).\n\n![A knee](:/{photo})\n\n"
        f'<img src=":/{photo}" width="40">\n\n- [ ] walk\n\nid: not a fact'
    )
    files = {
        book: joplin("Strong at Home", "", 2, id=book, parent_id=""),
        knees: joplin("Knees", text, 1, id=knees, parent_id=book, author="Ada Stone"),
        rest: joplin("Rest", "<h2>Why?</h2><p>So.</p>", 1, id=rest, parent_id=book,
                     user_created_time="2026-02-01T08:00:00.000Z", markup_language="2"),
        tag: joplin("legs", "", 5, id=tag),
        tagged: joplin("", "", 6, id=tagged, note_id=knees, tag_id=tag),
        photo: joplin("IMG 1.png", "", 4, id=photo, mime="image/png", file_extension="png"),
        plan: joplin("plan.pdf", "", 4, id=plan, mime="application/pdf", file_extension="pdf"),
        older: joplin("Knees", "Older.", 1, id=older, parent_id=book, is_conflict="1"),
        gone: joplin("Away", "Gone.", 1, id=gone, parent_id=book, deleted_time="1770112800000"),
    }  # fmt: skip
    packed_files: dict[str, str | bytes] = {f"{id_}.md": text for id_, text in files.items()}
    packed_files |= {f"resources/{photo}.png": png(8, 8), f"resources/{plan}.pdf": b"%PDF-1.7"}
    empty.write("notes.jex", tarred(packed_files))
    made = imported(empty, "notes.jex")
    assert made == {
        "01-rest.md": "## Why?\n\nSo.\n",
        "02-knees.md": "Bend, then [rest](01-rest.md) (the plan).\n\n![A knee](images/img-1.png)\n\n"
        "![](images/img-1.png)\n\n- [ ] walk\n\nid: not a fact\n",
    }
    assert "title: Strong at Home\n" in empty.read(f"{X}/series.yaml")
    assert "date: 2026-02-01\n" in empty.read(f"{X}/01-rest.md")
    settings = empty.read(f"{X}/02-knees.md").partition("---\n\n")[0]
    assert "tags: [legs]\n" in settings
    assert "authors: [Ada Stone]\n" in empty.read(f"{X}/series.yaml")
    said = empty.read("said.txt")
    assert f"left out: the older copy of a note, from a conflict, `Knees`: {older}.md" in said
    assert f"left out: a note in the trash, `Away`: {gone}.md" in said
    assert "left out: 1 document beside the articles" in said  # the plan


def test_joplin_as_a_folder(empty: Book) -> None:
    note = "0123456789abcdef" * 2
    empty.write(f"raw/{note}.md", joplin("Knees", "Bend.", 1, id=note, parent_id=""))
    assert imported(empty, "raw") == {"01-knees.md": "Bend.\n"}
