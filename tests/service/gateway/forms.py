"""Forms of a page as a browser without JavaScript would send them."""

from lxml import html


def form_of(page: str, action: str) -> dict[str, str]:
    """Return the fields of the form with this action, as they stand."""
    form = next(one for one in html.fromstring(page).forms if one.get("action") == action)
    return {name: value or "" for name, value in form.form_values()}


def send(http, page, action: str, **typed):
    """Fill in the form with this action on a page and send it; return the page that answers."""
    fields = form_of(page.text, action) | typed
    return http.post(action, data=fields, follow_redirects=True)
