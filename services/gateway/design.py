"""Makes the portal's design system from GOV.UK Frontend: `python -m services.gateway.design`.

Its own rules are put on plain elements (`EXTENDED`), so that a page is semantic HTML and carries
no classes for looks; parts the portal has no use for are left out, as are the Crown's typeface and
crest, which nobody else may use. What is made lies in `portal/static/vendor`, outside the sources.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from services.gateway.npm import Package, files_of, run

GOVUK = Package(
    "govuk-frontend",
    "6.6.0",
    "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
)
HTMX = Package(
    "htmx.org",
    "4.0.1",
    "oF7JgXhDW9UXCy/k1ZYFUQgzu/rm19ORWPSPNL91vPluB2PB9+MV55tyQdH/w7o2EAbTYUG5SDW1R60mdkdqGg==",
)
VENDOR = Path(__file__).parent / "portal" / "static" / "vendor"
# Typefaces of every system in use that have all letters of Vietnamese.
TYPEFACES = "system-ui,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"
LEFT_OUT = re.compile(
    r"govuk-(accordion|pagination|tabs|header|generic-header|footer|cookie-banner|exit-this-page|"
    r"task-list|phase-banner|panel|password-input|character-count|date-input|feedback|crest|logo|"
    r"language-navigation|drop-zone|file-upload-(button|wrapper)|body-lead|body-l|heading-xl|"
    r"caption-xl|summary-card)|@font-face|@-moz-document|attr\(href\)"
)
TYPED = "input:not([type=hidden],[type=checkbox],[type=radio],[type=file],[type=submit])"
# Which elements get the rules of which class, beside those that have the class.
EXTENDED = {
    "template": "html",
    "template__body": "body",
    "width-container": ".wide",
    "main-wrapper": "main",
    "skip-link": ".skip",
    "visually-hidden": ".unseen",
    "back-link": ".back",
    "service-navigation": ".top",
    "service-navigation__container": ".top>.wide",
    "service-navigation__service-name": ".brand",
    "service-navigation__item": ".top nav li",
    "service-navigation__list": ".top nav ul",
    "service-navigation__link": ".top a,.top button",
    "link": "a:not([class])",
    "body": "p,main dd",
    "heading-l": "h1",
    "heading-m": "h2",
    "heading-s": "h3,h4",
    "caption-l": ".over",
    "list": "main ul,main ol",
    "list--bullet": "main ul:not([class])",
    "list--number": "main ol:not([class])",
    "table": "table",
    "table__header": "th",
    "table__cell": "td",
    "table__caption": "caption",
    "table__caption--m": "caption",
    "summary-list__key": ".facts dt",
    "summary-list__value": ".facts dd",
    "tag": ".tag",
    "tag--green": ".tag.open",
    "inset-text": ".good,.outbox",
    "error-summary": ".mistake",
    "label": "label",
    "hint": ".hint",
    "input": TYPED,
    "textarea": "textarea",
    "select": "select",
    "file-upload": "input[type=file]",
    "fieldset": "fieldset",
    "fieldset__legend": "legend",
    "fieldset__legend--s": "legend",
    "checkboxes__item": ".check:has(>[type=checkbox])",
    "checkboxes__input": ".check>[type=checkbox]",
    "checkboxes__label": ".check>[type=checkbox]+label",
    "radios__item": ".check:has(>[type=radio])",
    "radios__input": ".check>[type=radio]",
    "radios__label": ".check>[type=radio]+label",
    "button": "button:not(.plain)",
    "button--secondary": "button.second",
    "button-group": ".buttons",
    "details": "details",
    "details__summary": "summary",
}
NAMED = re.compile(r"\.govuk-([\w-]+)")


def dressed(css: str) -> str:
    """Return the style sheet for plain elements, without what is left out."""
    rules = "".join(kept(css.replace("GDS Transport,arial,sans-serif", TYPEFACES)))
    return (
        f"/* GOV.UK Frontend {GOVUK.version}, MIT licence: /static/govuk-frontend.txt */\n{rules}"
    )


def kept(css: str) -> Iterator[str]:
    """Find the rules to keep, each with its selectors extended."""
    for head, body in blocks(css):
        if head.startswith("@") and not head.startswith("@font-face") and "{" in body:
            inner = "".join(kept(body))
            if inner and not LEFT_OUT.search(head):
                yield f"{head}{{{inner}}}"
        elif not LEFT_OUT.search(body):
            chosen = [one for one in parted(head) if not LEFT_OUT.search(one)]
            if chosen:
                yield f"{','.join(map(extended, chosen))}{{{body}}}"


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Part a style sheet into what stands before and between outermost braces."""
    begun, opened, depth = 0, 0, 0
    for found in re.finditer(r"[{}]", css.removeprefix('@charset "UTF-8";')):
        if found[0] == "{":
            opened = opened if depth else found.start()
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            css_here = found.string
            yield css_here[begun:opened], css_here[opened + 1 : found.start()]
            begun = found.end()


def parted(selectors: str) -> list[str]:
    """Part a list of selectors at its outer commas."""
    return re.split(r",(?![^(\[]*[)\]])", selectors)


def extended(selector: str) -> str:
    """Let a selector fit plain elements too, at the weight that it had."""

    def both(found: re.Match[str]) -> str:
        elements = EXTENDED.get(found[1])
        return f":is({found[0]},:where({elements}))" if elements else found[0]

    return NAMED.sub(both, selector)


def make() -> bool:
    """Put the design system into its place; tell whether that was still to be done."""
    stamp = VENDOR / "made.sha256"
    sources = (Path(__file__), Path(__file__).with_name("npm.py"))
    wanted = hashlib.sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()
    with suppress(OSError):
        if stamp.read_text() == wanted:
            return False
    (css,) = files_of(GOVUK, "dist/govuk/govuk-frontend.min.css")
    script, script_licence = files_of(HTMX, "dist/htmx.min.js", "LICENSE")
    VENDOR.mkdir(exist_ok=True)
    (VENDOR / "design.css").write_text(dressed(css.decode()), encoding="utf-8")
    (VENDOR / "htmx.js").write_bytes(script)
    (VENDOR / "htmx.txt").write_bytes(script_licence)
    stamp.write_text(wanted)
    return True


if __name__ == "__main__":
    run(make)
