"""Ghost, Substack, Medium and Blogger."""

from __future__ import annotations

import json

from helpers.exports import packed
from helpers.pictures import png
from helpers.workspaces import Book

X = "sources/x"


def articles(book: Book) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in sorted((book.root / X).glob("*.md"))}


def test_ghost(empty: Book) -> None:
    post = {
        "id": "1", "title": "One", "slug": "one", "status": "published", "type": "post",
        "published_at": "2026-02-03T10:00:00.000Z", "custom_excerpt": "Short.",
        "feature_image": "__GHOST_URL__/content/images/a.png",
        "html": '<p>Text.</p><div class="kg-card kg-toggle-card"><div class="kg-toggle-heading">'
        '<h4 class="kg-toggle-heading-text">Why?</h4></div><div class="kg-toggle-content"><p>So.</p></div></div>'
        '<p><a href="__GHOST_URL__/two/">next</a></p>',
    }  # fmt: skip
    data = {
        "posts": [
            post,
            {
                **post,
                "id": "2",
                "slug": "two",
                "title": "Two",
                "status": "draft",
                "html": None,
                "lexical": "{}",
            },
        ],
        "users": [
            {
                "id": "u",
                "name": "Ada Stone",
                "bio": "Ada keeps a harbour.",
                "website": "https://example.org",
            }
        ],
        "posts_authors": [{"post_id": "1", "author_id": "u", "sort_order": 0}],
        "tags": [{"id": "t", "name": "knees"}, {"id": "h", "name": "#internal"}],
        "posts_tags": [{"post_id": "1", "tag_id": "t"}, {"post_id": "1", "tag_id": "h"}],
        "settings": [
            {"key": "title", "value": "Strong"},
            {"key": "url", "value": "https://example.org"},
        ],
    }
    files = {"ghost.json": json.dumps({"db": [{"data": data}]}), "content/images/a.png": png(8, 8)}
    empty.write("export.zip", packed(files))
    ran = empty.run("import", "export.zip", "--to", X)
    assert articles(empty)["01-one.md"] == (
        "---\ntitle: One\nsummary: Short.\ndate: 2026-02-03\nimage: images/a.png\ntags: [knees]\n"
        'url: "https://example.org/one/"\n---\n\n'
        "Text.\n\n## Common questions {: .faq }\n\n### Why?\n\nSo.\n\n[next](02-two.md)\n"
    )
    assert "draft: true" in articles(empty)["02-two.md"]
    assert "Ada keeps a harbour." in empty.read("sources/authors/ada-stone.md")
    assert "missing: the export has no HTML of it: Two" in ran.said


def test_substack(empty: Book) -> None:
    head = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
    rows = "12.one,2026-02-03T10:00:00Z,true,,newsletter,everyone,One,It&#x2019;s short,\n13.two,,false,,newsletter,everyone,Two,,\n"
    text = (
        '<p>Text.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>'
        '<div class="captioned-image-container"><figure><a class="image-link" href="https://example.net/a.png"><picture>'
        '<img src="https://example.net/a.png" alt="A"></picture></a><figcaption>C</figcaption></figure></div>'
        '<div class="subscription-widget-wrap"><form><p>Subscribe now</p></form></div>'
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
        '<div class="footnote-content"><p>The note.</p></div></div>'
    )
    files = {
        "posts.csv": head + rows,
        "posts/12.one.html": text,
        "posts/13.two.html": "<p>Later.</p>",
    }
    empty.write("export.zip", packed(files))
    ran = empty.run("import", "export.zip", "--to", X)
    assert articles(empty)["01-one.md"] == (
        "---\ntitle: One\nsummary: It’s short\ndate: 2026-02-03\n---\n\nText.[^1]\n\n"
        '![A](https://example.net/a.png "C")\n\n[^1]: The note.\n'
    )
    assert "draft: true" in articles(empty)["02-two.md"]
    assert any(line.startswith("left out: newsletter form") for line in ran.said)


def test_medium(empty: Book) -> None:
    def story(title: str, foot: str) -> str:
        return (
            f'<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry">'
            f'<header><h1 class="p-name">{title}</h1></header><section data-field="subtitle">A subtitle</section>'
            '<section data-field="body" class="e-content"><section><hr class="section-divider">'
            f'<h3 class="graf graf--h3 graf--title">{title}</h3><h4 class="graf graf--h4 graf--subtitle">A subtitle</h4>'
            '<p class="graf graf--p">Text <strong class="markup--strong">here</strong>.</p>'
            '<figure class="graf graf--figure"><img class="graf-image" src="https://example.net/a.png" alt="A">'
            f'<figcaption class="imageCaption">C</figcaption></figure></section></section><footer>{foot}</footer></article>'
        )

    foot = (
        '<p>By <a href="https://medium.com/@ada" class="p-author h-card">Ada Stone</a> on <a href="#"><time class="dt-published"'
        ' datetime="2026-02-03T10:00:00.000Z">3 February</time></a>.</p><p><a href="https://medium.com/@ada/one-0123456789ab"'
        ' class="p-canonical">Canonical link</a></p>'
    )
    files = {
        "posts/2026-02-03_One-0123456789ab.html": story("One", foot),
        "posts/draft_Two-ba9876543210.html": story("Two", ""),
    }
    empty.write("export.zip", packed(files))
    assert empty.run("import", "export.zip", "--to", X).code == 0
    assert list(articles(empty)) == ["01-one.md", "02-two.md"]
    assert articles(empty)["01-one.md"] == (
        '---\ntitle: One\nsummary: A subtitle\ndate: 2026-02-03\nurl: "https://medium.com/@ada/one-0123456789ab"\n---\n\n'
        'Text **here**.\n\n![A](https://example.net/a.png "C")\n'
    )
    assert "draft: true" in articles(empty)["02-two.md"]


def test_blogger(empty: Book) -> None:
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
    entry = (
        "<entry><id>{id}</id><published>2026-02-03T10:00:00-08:00</published>{kind}<category term='knees'/>"
        "<title>{title}</title><content type='html'>{text}</content><link rel='alternate' href='https://example.org/{id}.html'/>"
        "<author><name>Ada Stone</name></author>{more}</entry>"
    )
    html = "Text.&lt;br /&gt;&lt;br /&gt;More &lt;b&gt;text&lt;/b&gt;."
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    empty.write(
        "blog.xml",
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><generator>Blogger</generator><title>Strong</title>'
        + entry.format(id="one", kind=kind.format("post"), title="One", text=html, more="")
        + entry.format(id="two", kind=kind.format("post"), title="Two", text=html, more=draft)
        + entry.format(id="c", kind=kind.format("comment"), title="Hi", text="Hi", more="")
        + "</feed>",
    )
    ran = empty.run("import", "blog.xml", "--to", X)
    assert articles(empty)["01-one.md"] == (
        '---\ntitle: One\ndate: 2026-02-03\ntags: [knees]\nurl: "https://example.org/one.html"\n---\n\nText.\n\nMore **text**.\n'
    )
    assert "draft: true" in articles(empty)["02-two.md"]
    assert "left out: 1 entries of the kind `comment`: the export" in ran.said
