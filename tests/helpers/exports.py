"""Exports of other programs with a few words each, as these programs write them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping

from helpers.pictures import png

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Strong at Home</title><link>https://example.org</link><description>Short reads</description>
<language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login>
<wp:author_display_name><![CDATA[Ada Stone]]></wp:author_display_name></wp:author>
{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://example.org/{slug}/</link><dc:creator><![CDATA[ada]]></dc:creator>
<guid isPermaLink="false">https://example.org/?p={number}</guid><content:encoded><![CDATA[{text}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[2026-01-{number:02} 10:00:00]]></wp:post_date><wp:post_name><![CDATA[{slug}]]></wp:post_name>
<wp:status><![CDATA[{status}]]></wp:status><wp:post_type><![CDATA[{kind}]]></wp:post_type>{more}</item>"""


def item(number: int, title: str, text: str, **facts: str) -> str:
    """One entry of an export of WordPress."""
    usual = {
        "slug": title.lower().replace(" ", "-"),
        "excerpt": "",
        "status": "publish",
        "kind": "post",
        "more": "",
    }
    return ITEM.format(number=number, title=title, text=text, **(usual | facts))


def wordpress(*items: str) -> str:
    return WXR.format(items="\n".join(items))


def tarred(files: Mapping[str, str | bytes]) -> bytes:
    """Return a tar file without compression."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of `files`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="p" descr="A chair"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip r:embed="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def docx(body: str, **parts: str) -> bytes:
    """A document of Word with `body` as the content of its `w:body`, and a picture `rId1`."""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="png" ContentType="image/png"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r" Type="{office}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1"'
            f' Type="{office}/image" Target="media/a.png"/><Relationship Id="rId2" Type="{office}/footnotes"'
            f' Target="footnotes.xml"/><Relationship Id="rId3" Type="{office}/styles" Target="styles.xml"/></Relationships>',
            "word/media/a.png": png(8, 8),
            "word/styles.xml": f"<w:styles {WORD}>"
            + "".join(
                f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
                for name in ("Title", "Caption", "Odd")
            )
            + "".join(
                f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>'
                for n in (1, 2)
            )
            + "</w:styles>",
            "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="1"><w:p><w:r><w:t>A note.</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>",
        }
        | {f"word/{name}.xml": text for name, text in parts.items()}
    )


def paragraph(text: str, style: str = "", inside: str = "") -> str:
    """A paragraph of Word."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    words = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p>{named}{words}{inside}</w:p>"


NAMES = {
    "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible",
}  # fmt: skip
SPACES = " ".join(
    f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in NAMES.items()
)
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def odt(body: str, styles: str = "") -> bytes:
    """A text of OpenDocument with `body` as its content, and a picture `Pictures/a.png`."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "Pictures/a.png": png(8, 8),
        }
    )
