"""Quotation marks: those of each language, in Markdown and in plain text."""

import pytest

from handpress.markup.markdown import to_tree
from handpress.markup.quotes import BY_LANGUAGE, ROWS, marks_of, typographic
from handpress.markup.tree import serialize

NARROW = "\u202f"
SAID = """He said: "Read 'Rest' first." It's late."""


def read(text, language="en"):
    return serialize(to_tree(text, language))


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "He said: “Read ‘Rest’ first.” It’s late."),
        ("de", "He said: „Read ‚Rest‘ first.“ It’s late."),
        ("de-AT", "He said: „Read ‚Rest‘ first.“ It’s late."),
        ("de-CH", "He said: «Read ‹Rest› first.» It’s late."),
        ("fr", f"He said: «{NARROW}Read “Rest” first.{NARROW}» It’s late."),
        ("fr-CA", f"He said: «{NARROW}Read “Rest” first.{NARROW}» It’s late."),
        ("da", "He said: »Read ›Rest‹ first.« It’s late."),
        ("nl", "He said: “Read ‘Rest’ first.” It’s late."),
        ("pl", "He said: „Read «Rest» first.” It’s late."),
        ("cs", "He said: „Read ‚Rest‘ first.“ It’s late."),
        ("sv", "He said: ”Read ’Rest’ first.” It’s late."),
        ("FI", "He said: ”Read ’Rest’ first.” It’s late."),
        ("es", "He said: «Read “Rest” first.» It’s late."),
        ("es-MX", "He said: “Read ‘Rest’ first.” It’s late."),
        ("it", "He said: «Read “Rest” first.» It’s late."),
        ("pt-BR", "He said: “Read ‘Rest’ first.” It’s late."),
        ("pt-PT", "He said: «Read “Rest” first.» It’s late."),
        ("ru", "He said: «Read „Rest“ first.» It’s late."),
        ("hu", "He said: „Read »Rest« first.” It’s late."),
        ("nb", "He said: «Read ‘Rest’ first.» It’s late."),
        ("zh-Hant-TW", "He said: 「Read 『Rest』 first.」 It’s late."),
        ("xx", "He said: “Read ‘Rest’ first.” It’s late."),
    ],
)
def test_each_language_has_its_marks(language, printed):
    assert typographic(SAID, language) == printed
    assert read(SAID, language) == f"<p>{printed}</p>"


def test_no_language_is_in_two_rows():
    assert sum(len(tags.split()) for _, tags in ROWS) == len(BY_LANGUAGE)
    assert all(marks_of(tag.upper()) is marks for tag, marks in BY_LANGUAGE.items())


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("the runners' knee, the runner's knee", "the runners’ knee, the runner’s knee"),
        ("the '90s, 'tis, 's avonds, rock'n'roll", "the ’90s, ’tis, ’s avonds, rock’n’roll"),
        ("'A friend' said it", "‘A friend’ said it"),
        ("\"'Hello,' he said.\" 'Say \"no\"'", "“‘Hello,’ he said.” ‘Say “no”’"),
        ('said:"Hi" ("x") "a"/"b" well-"known"', "said:“Hi” (“x”) “a”/“b” well-“known”"),
        ("a 5\" nail, 5'10\" tall, the \"5\"", "a 5\" nail, 5'10\" tall, the “5”"),
        ('already “set” and ‘set’, «set»', "already “set” and ‘set’, «set»"),
        ("a -- b --- c ... d ---- .....", "a – b — c … d ---- ....."),
        ('"One', "“One"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_a_quote_means_follows_from_its_neighbours(typed, printed):
    assert typographic(typed, "en") == printed


def test_scripts_without_spaces_and_hebrew():
    assert typographic('他说"你好"了', "zh") == "他说“你好”了"
    assert typographic('彼は"はい"と言った。', "ja") == "彼は「はい」と言った。"
    assert typographic('צה"ל "שלום"', "he") == 'צה"ל ”שלום”'


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"*All* of it" *"all"*', "<p>„<em>All</em> of it“ <em>„all“</em></p>"),
        ('"one  \ntwo" three', "<p>„one<br />\ntwo“ three</p>"),
        ('say "`x`" and `"x"`', '<p>say „<code>x</code>“ and <code>"x"</code></p>'),
        ('a [word "b"](http://a.b)', '<p>a <a href="http://a.b">word „b“</a></p>'),
        (r"\"plain\" and it\'s", '<p>"plain" and it\'s</p>'),
        ('{% include "a.html" %} "b"', '<p>{% include "a.html" %} „b“</p>'),
        ('[gallery ids="1,2"] "b"', '<p>[gallery ids="1,2"] „b“</p>'),
        ('<div>raw "html" it\'s</div>', "<div>raw „html“ it’s</div>"),
        ('<p lang="en">"Hi"</p>', '<p lang="en">“Hi”</p>'),
        ('![a "b"](c.png)', '<p><img alt="a „b“" src="c.png" /></p>'),
        ("<http://a.b/--c>", '<p><a href="http://a.b/--c">http://a.b/--c</a></p>'),
    ],
)
def test_marks_in_markdown(typed, printed):
    assert read(typed, "de") == printed


def test_a_quotation_does_not_reach_into_the_next_block():
    table = read('| "a | b" |\n|---|---|\n| it\'s | "c" |\n', "de")
    assert "<th>„a</th>" in table
    assert "<td>it’s</td>" in table
    assert "<td>„c“</td>" in table
    assert read('"One.\n\n"Two."', "de") == "<p>„One.</p>\n<p>„Two.“</p>"
