"""The entrance page for other computers: why they need a certificate, the certificate, and the address to open."""

from dataclasses import dataclass
from html import escape
from io import StringIO

import segno
from aiohttp import web

from telemed.demo.lan.words import CHINESE, ENGLISH, Words

CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
STYLE = """
body { margin: 0; background: #f4f6f8; color: #1c2733; font: 16px/1.7 "Noto Sans SC", "Microsoft YaHei",
  "PingFang SC", system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.35; } h2 { font-size: 1.125rem; margin: 0 0 .5rem; } h3 { font-size: 1rem; }
section { background: #fff; border: 1px solid #dbe1e7; border-radius: 8px; padding: 1.25rem; margin: 1rem 0; }
a.button { display: inline-block; background: #0b5c7a; color: #fff; text-decoration: none; padding: .6rem 1.1rem;
  border-radius: 6px; font-weight: 600; }
a:focus-visible { outline: 3px solid #e8a33d; outline-offset: 2px; }
code { display: block; background: #eef2f5; padding: .6rem .75rem; border-radius: 6px; overflow-wrap: anywhere; }
.demo { color: #8a4b00; } .quiet { color: #51606d; font-size: .9375rem; }
.go { display: flex; gap: 1.5rem; align-items: center; flex-wrap: wrap; } img { background: #fff; }
"""


@dataclass(frozen=True)
class Entrance:
    """The product's address and its authority."""

    address: str  # https://192.168.1.20:8760
    authority_der: bytes
    fingerprint: str


def entrance_app(entrance: Entrance) -> web.Application:
    """Serves `/` and `/telemed-demo.crt`; mounted under /lan of the product, and alone on a plain http port."""

    async def page(request: web.Request) -> web.Response:
        text = html(entrance, language(request))
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    async def authority(request: web.Request) -> web.Response:
        name = {"Content-Disposition": 'attachment; filename="telemed-demo.crt"'}
        return web.Response(
            body=entrance.authority_der, content_type="application/x-x509-ca-cert", headers=HEADERS | name
        )

    app = web.Application()
    app.router.add_get("/", page)
    app.router.add_get("/telemed-demo.crt", authority)
    return app


HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def language(request: web.Request) -> str:
    asked: str = request.query.get("lang", "") or request.headers.get("Accept-Language", "zh")
    return "en" if asked.lower().startswith("en") else "zh-CN"


def html(entrance: Entrance, lang: str) -> str:
    words = ENGLISH if lang == "en" else CHINESE
    other = "zh" if lang == "en" else "en"
    # Relative links, which work both at the root of the plain port and under /lan/.
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{escape(words.title)}</title><style>{STYLE}</style></head>
<body><main>
<header><span class="demo">{escape(words.demo)}</span>
<a href="?lang={other}">{escape(words.other_language)}</a></header>
<h1>{escape(words.title)}</h1>
<section><h2>{escape(words.why_title)}</h2><p>{escape(words.why)}</p></section>
<section><h2>{escape(words.install_title)}</h2>
<p><a class="button" href="telemed-demo.crt" download>{escape(words.download)}</a></p>
<p>{escape(words.compare)}</p><code>{escape(entrance.fingerprint)}</code>
<p class="quiet">{escape(words.untested)}</p>
{systems(words)}
<p class="quiet">{escape(words.scope)} {escape(words.remove)}</p></section>
<section><h2>{escape(words.go_title)}</h2><div class="go">
<a class="button" href="{escape(entrance.address)}">{escape(words.go)} {escape(entrance.address)}</a>
<img alt="{escape(entrance.address)}" width="148" height="148" src="{qr_image(entrance.address)}"></div></section>
</main></body></html>"""


def systems(words: Words) -> str:
    blocks = []
    for system in words.systems:
        steps = "".join(f"<li>{escape(step)}</li>" for step in system.steps)
        blocks.append(f"<h3>{escape(system.name)}</h3><ol>{steps}</ol>")
    return "\n".join(blocks)


def qr_image(text: str) -> str:
    return segno.make(text, error="m").svg_data_uri(scale=4, border=2)


def qr_terminal(text: str) -> str:
    """A QR code of half blocks, which phones can read from a terminal of any colours."""
    out = StringIO()
    segno.make(text, error="l").terminal(out, border=2, compact=True)
    return out.getvalue()
