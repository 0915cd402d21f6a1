"""GraphiQL for browsers: a page of our own around the prebuilt files in static/vendor. Nothing leaves the origin."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response

STATIC = Path(__file__).parent / "static"

# GraphiQL's editor sets style attributes, and its style sheet holds its fonts as data; it runs no inline script.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def page() -> Response:
    headers = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept",
    }
    return Response((STATIC / "graphiql.html").read_bytes(), 200, headers, "text/html; charset=utf-8")
