"""Every page of the portal: its route, who looks at it, and what its address is filled with."""

import re
from dataclasses import dataclass

ORGANISER, SECRETARY, CLERK = "ban-to-chuc", "thu-ky-1", "tiep-nhan"
JUDGE, AUTHOR, AUTHORITY = "giam-khao-2", "du-thi-17", "ct-ubnd"
COORDINATOR, HEAD, OPERATOR = "dieu-phoi", "thu-truong-stp", "van-hanh"
NOBODY = ""

SIZES = {"phone": (360, 740, True), "desk": (1280, 900, False)}
WIDER = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEAVIEST = 100_000  # bytes on the wire, for a first visit
PARTS = re.compile(
    r'(?:<link rel="(?:stylesheet|icon)" href|<script[^>]* src|<img[^>]* src)="([^"]+)"'
)


@dataclass(frozen=True)
class Page:
    """A page as its route has it, the logins that look at it, and the rest of its address."""

    route: str
    seen_by: tuple[str, ...]
    query: str = ""


PAGES = (
    Page("/", (NOBODY, AUTHOR)),
    Page("/ket-qua/{contest_id:str}", (NOBODY,)),
    Page("/nhan-rong/{contest_id:str}", (NOBODY,)),
    Page("/cuoc-thi/{contest_id:str}", (NOBODY,)),
    Page("/tim-kiem", (NOBODY,), "?tu=thu"),
    Page("/kiem-chung", (NOBODY,)),
    Page("/kiem-tra", (NOBODY,)),
    Page("/api", (NOBODY,)),
    Page("/api/{topic:str}", (NOBODY,)),
    Page("/kiem-tra/{paper_id:str}", (NOBODY,)),
    Page("/dang-nhap", (NOBODY,)),
    Page("/quen-mat-khau", (NOBODY,)),
    Page("/thoi-nhan-thu/{token:str}", (NOBODY,)),
    Page("/cuoc-thi/{contest_id:str}/{round_id:str}/lich-bao-ve", (NOBODY,)),
    Page(
        "/toi",
        (ORGANISER, SECRETARY, CLERK, JUDGE, AUTHOR, AUTHORITY, COORDINATOR, HEAD, OPERATOR),
    ),
    Page("/toi/tai-khoan", (AUTHOR,)),
    Page("/toi/tai-khoan/hai-buoc", (AUTHOR,)),
    Page("/toi/xem-nhu", (OPERATOR,)),
    Page("/toi/vai-tro/{contest_id:str}", (ORGANISER,)),
    Page("/toi/hang-doi/{contest_id:str}", (CLERK,)),
    Page("/toi/ho-so/{entry_id:str}", (CLERK,)),
    Page("/toi/bang-dieu-hanh/{contest_id:str}", (ORGANISER,)),
    Page("/toi/don-vi/{contest_id:str}", (COORDINATOR,)),
    Page("/toi/van-hanh", (OPERATOR,)),
    Page("/toi/van-hanh/{service:str}", (OPERATOR,)),
    Page("/du-thi", (AUTHOR,)),
    Page("/ho-so/{entry_id:str}", (AUTHOR,)),
    Page("/toi/thong-bao", (AUTHOR,)),
    Page("/toi/thong-bao/tuy-chon", (AUTHOR,)),
    Page("/toi/thong-bao/mau/{contest_id:str}", (SECRETARY,)),
    Page("/toi/thong-bao/cho-gui/{contest_id:str}", (SECRETARY,)),
    Page("/toi/thong-bao/nhat-ky/{contest_id:str}", (SECRETARY,)),
    Page("/toi/ho-so/{entry_id:str}/thong-bao", (SECRETARY,)),
    Page("/cuoc-thi/{contest_id:str}/tu-kiem-tra", (AUTHOR,)),
    Page("/ho-so/{entry_id:str}/tai-lieu", (AUTHOR,)),
    Page("/toi/ho-so/{entry_id:str}/kiem-tra", (CLERK,)),
    Page("/toi/ho-so/{entry_id:str}/trung-lap", (SECRETARY,)),
    Page("/toi/ho-so/{entry_id:str}/trung-lap/lap-lai", (SECRETARY,)),
    Page("/toi/ho-so/{entry_id:str}/che-ten", (SECRETARY,)),
    Page("/toi/che-ten/{contest_id:str}", (SECRETARY,)),
    Page("/toi/sang-kien-da-biet", (SECRETARY,)),
    Page("/toi/sang-kien-da-biet/xem", (SECRETARY,), "?danh_muc={register}&ma={known}"),
    Page("/toi/lien-tinh", (SECRETARY,)),
    Page("/toi/ban-giam-khao/{contest_id:str}", (ORGANISER,)),
    Page("/toi/ban-giam-khao/{contest_id:str}/thanh-lap", (ORGANISER,)),
    Page("/toi/xung-dot/{contest_id:str}", (SECRETARY, JUDGE)),
    Page("/toi/phan-cong/{contest_id:str}/{round_id:str}", (SECRETARY,)),
    Page("/toi/phieu-thieu/{contest_id:str}/{round_id:str}", (SECRETARY,)),
    Page("/toi/khoa", (SECRETARY,)),
    Page("/toi/niem-phong/{contest_id:str}/{round_id:str}", (SECRETARY,)),
    Page("/toi/cham/{contest_id:str}/{round_id:str}", (JUDGE,)),
    Page("/toi/cham/{contest_id:str}/{round_id:str}/{code:str}", (JUDGE,)),
    Page("/toi/bien-ban/{contest_id:str}", (SECRETARY, JUDGE)),
    Page("/toi/xep-hang/{contest_id:str}/{round_id:str}", (SECRETARY,)),
    Page("/toi/giai-trinh/{contest_id:str}/{entry:str}", (SECRETARY,)),
    Page("/toi/bao-ve/{contest_id:str}/{round_id:str}", (SECRETARY,)),
    Page("/toi/bao-ve/{contest_id:str}/{round_id:str}/chuong", (SECRETARY,)),
    Page("/toi/xet-giai/{contest_id:str}", (SECRETARY, AUTHORITY)),
    Page("/toi/kien-nghi/{contest_id:str}", (SECRETARY, AUTHOR)),
    Page("/toi/cac-van-ban/{contest_id:str}", (SECRETARY, AUTHORITY)),
    Page("/toi/ky-so/{contest_id:str}/{paper_id:str}", (SECRETARY,)),
    Page("/toi/nhan-rong/{contest_id:str}", (SECRETARY,)),
    Page("/toi/thong-ke", (SECRETARY,)),
    Page("/toi/bao-cao/{contest_id:str}", (SECRETARY,)),
)
# Routes that give a file or send the browser on to one, and show no page.
FILES = frozenset(
    {
        "/.well-known/oauth-authorization-server",
        "/robots.txt",
        "/sitemap.xml",
        "/dang-nhap/qua/{provider_id:str}",
        "/dang-nhap/ve",
        "/toi/tai-khoan/hai-buoc/ma.svg",
        "/toi/hang-doi",
        "/toi/bang-dieu-hanh",
        "/toi/don-vi",
        "/ho-so/{entry_id:str}/bien-nhan.pdf",
        "/ho-so/{entry_id:str}/tep/{document_id:str}",
        "/toi/van-ban/{name:str}",
        "/toi/ho-so/{entry_id:str}/che-ten/{place:int}/{number:int}",
        "/toi/bao-ve/{contest_id:str}/{round_id:str}/lich.ics",
        "/toi/cham/{contest_id:str}/{round_id:str}/{code:str}/{place:int}",
        "/toi/bien-ban/{contest_id:str}/tep/{name:str}",
        "/toi/thong-bao/nhat-ky/{contest_id:str}/tep/{form:str}",
        "/toi/ho-so/{entry_id:str}/trung-lap/{name:str}",
        "/toi/cac-van-ban/{contest_id:str}/ban-hanh/{form:str}",
        "/toi/phan-cong/{contest_id:str}/{round_id:str}/phan-cong.xlsx",
        "/toi/thong-ke.xlsx",
        "/toi/bao-cao/{contest_id:str}/{version:int}/{form:str}",
        "/ho-so/{entry_id:str}/tai-lieu/{document_id:str}",
    }
)
# Pages that only an open contest shows: `test_upload_page` walks them, axe-core along.
OPEN = frozenset(
    {
        "/du-thi/{contest_id:str}",
        "/ho-so/{entry_id:str}/nop",
        "/toi/tiep-nhan/{contest_id:str}",
        "/toi/ho-so/{entry_id:str}/phieu/{slip:str}",
    }
)
# Pages that only a sign-in half done or a fresh link of a letter shows: `test_passing_pages`.
PASSING = frozenset({"/dang-nhap/ma", "/quen-mat-khau/{token:str}"})


def weight(http, path):
    """Return what a first visit to a page costs: it, its style sheets, scripts and pictures."""
    page = http.get(path)
    parts = [http.get(part.replace("&amp;", "&")) for part in PARTS.findall(page.text)]
    return sum(answer.num_bytes_downloaded for answer in (page, *parts))
