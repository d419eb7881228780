"""Pages of a blog as a browser saves them, with the words of the sample series."""

from __future__ import annotations

from helpers.workspaces import ROOT

SITE = "https://example.org/blog/"
SLUGS = ("splints-braces-boots", "strengthen-your-glutes", "cortisone-shots")
TITLES = {
    "splints-braces-boots": "Why Splints, Braces and Boots Are Not Your Friend",
    "strengthen-your-glutes": "Low Back Pain? Strengthen Your Glutes!",
    "cortisone-shots": "Why Cortisone Shots Suck",
}
QUESTIONS = {
    "Can weak glutes hurt my back?": "They can be part of it. Weak glutes and low back pain often come together.",
    "How many squats are enough?": "Ten, twice a day, if your legs allow it.",
    "Should it hurt?": "No. If you feel it in your low back, make the movement smaller.",
}
NOISE = {
    "cookies": "We use cookies to bake you a better page.",
    "share": "Share this on a network of networks",
    "related": "You may also like these seven stretches",
    "comments": "First! Great post, thanks for sharing.",
    "newsletter": "Sign up for our weekly letter",
    "menu": "About Contact Book a session",
    "footer": "All rights reserved by the website builder",
}
BIO = (ROOT / "sources/authors/julia-blackwell.md").read_text(encoding="utf-8").split("---\n")[2]


def page(slug: str) -> str:
    """One article, in the mark-up of a page builder with accordions, an author's box and a pager."""
    at, title, address = SLUGS.index(slug), TITLES[slug], SITE + slug
    before = _link(at - 1, "prev", "Previous") if at else ""
    after = _link(at + 1, "next", "Next") if at + 1 < len(SLUGS) else ""
    questions = "".join(
        '<li class="accordion-item"><h4 class="accordion-item__title-wrapper" role="heading"><button>'
        f'<span class="accordion-item__title">{question}</span></button></h4>'
        f'<div class="accordion-item__dropdown"><div class="accordion-item__description"><p>{answer}</p></div></div></li>'
        for question, answer in QUESTIONS.items()
    )
    bio = "".join(f"<p>{part}</p>" for part in BIO.strip().split("\n\n"))
    return f"""<!DOCTYPE html>
<!-- saved from url=({len(address):04}){address} -->
<html lang="en"><head><meta charset="UTF-8"><title>{title} — The Fascia Remedy</title>
<meta property="og:site_name" content="The Fascia Remedy"><style>body {{ color: red }}</style>
<script type="application/ld+json">{{"@type": "Article", "headline": "{title}",
 "datePublished": "2026-0{at + 1}-14T09:00:00+0000", "author": {{"@type": "Person", "name": "Julia Blackwell"}}}}</script>
<script>alert("a script of the page")</script></head>
<body><header id="header" role="banner"><a href="/">The Fascia Remedy</a><nav>{NOISE["menu"]}</nav></header>
<main id="page"><article><div class="blog-item-wrapper"><h1 class="entry-title">{title}</h1>
<div class="blog-item-meta-wrapper"><time datetime="2026-0{at + 1}-14">14 January</time></div>
<div class="blog-item-content e-content"><div class="sqs-block"><div><p style="white-space:pre-wrap">Get up from your chair
without using your <strong>hands</strong>, if that is safe for you.</p></div></div>
<figure><div><img data-src="https://images.example.net/chair.png" src="{slug}_files/chair.png" alt="A chair"></div>
<figcaption><div><p>Knees over <em>toes</em>.</p></div></figcaption></figure>
<p>Read <a href="{SITE}cortisone-shots#dose">the last one</a> too.</p>
<div class="accordion-block"><ul class="accordion-items-container">{questions}</ul></div></div>
<div class="newsletter-block"><form><p>{NOISE["newsletter"]}</p><input type="email"><button>Go</button></form></div>
<div class="share-buttons"><a href="https://example.com/share">{NOISE["share"]}</a></div>
<div class="author-profile"><img src="julia.jpg" alt=""><div class="author-name">Julia Blackwell</div>
<div class="author-bio">{bio}</div></div>
<section class="related-posts"><h3>{NOISE["related"]}</h3></section>
<section id="comments"><p>{NOISE["comments"]}</p></section></div></article>
<section class="item-pagination item-pagination--prev-next">{before}{after}</section></main>
<footer class="site-footer">{NOISE["footer"]}</footer>
<div class="cookie-banner"><p>{NOISE["cookies"]}</p><button>Accept</button></div></body></html>"""


def _link(at: int, side: str, words: str) -> str:
    return (
        f'<a href="/blog/{SLUGS[at]}" class="item-pagination-link item-pagination-link--{side}"><svg></svg>'
        f'<div>{words}</div><h2 class="item-pagination-title">{TITLES[SLUGS[at]]}</h2></a>'
    )
