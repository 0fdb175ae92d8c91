"""The kinds of routes there are, beside `get` and `put`."""

from datetime import datetime
from functools import partial
from typing import Annotated

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

Name = FromPath[str]  # what a path names: the id of a contest, an entry …
Number = FromPath[int]  # what a path counts: a paper of an entry, a copy of it
Instant = Annotated[datetime, Meta(tz=True)]  # a time of day without its zone is none

act = partial(post, status_code=200)  # something is done, and this came of it
do = partial(post, status_code=204)  # something is done; there is nothing more to say


def elsewhere(url: str) -> Redirect:
    """Send the caller to a short-lived address in the object store."""
    return Redirect(path=url, status_code=302, headers={"Cache-Control": "no-store"})
