"""The portal: pages for people, made on the server. Only uploads and the bell need JavaScript.

Pages ask the same services the same messages as the API, as whoever has signed in by cookie.
"""

from litestar import Router
from litestar.di import Provide
from litestar.static_files import create_static_files_router

from services.gateway.portal import (
    adopting,
    awarding,
    checking,
    conflicts,
    copies,
    defence,
    desk,
    forms,
    holding,
    judged_papers,
    jury,
    marking,
    minutes,
    missing,
    originality,
    own_check,
    pages,
    papers,
    petitions,
    plans,
    provinces,
    public,
    ranking,
    register,
    reproducing,
    seating,
    statistics,
    uploading,
)

router = Router(
    path="/",
    route_handlers=[
        *public.ROUTES,
        *desk.ROUTES,
        *marking.ROUTES,
        *judged_papers.ROUTES,
        *defence.ROUTES,
        *missing.ROUTES,
        *jury.ROUTES,
        *seating.ROUTES,
        *conflicts.ROUTES,
        *plans.ROUTES,
        *ranking.ROUTES,
        *holding.ROUTES,
        *minutes.ROUTES,
        *papers.ROUTES,
        *awarding.ROUTES,
        *petitions.ROUTES,
        *adopting.ROUTES,
        *statistics.ROUTES,
        *checking.ROUTES,
        *copies.ROUTES,
        *originality.ROUTES,
        *reproducing.ROUTES,
        *own_check.ROUTES,
        *register.ROUTES,
        *provinces.ROUTES,
        *uploading.ROUTES,
    ],
    dependencies={
        "visitor": Provide(forms.visitor),
        "caller": Provide(forms.signed_in),
        "posted": Provide(forms.posted),
    },
    exception_handlers={Exception: pages.respond},
    include_in_schema=False,
)

static = create_static_files_router(
    path="/static",
    directories=[pages.FOLDER / "static"],
    cache_control=pages.CACHED,
    include_in_schema=False,
)
