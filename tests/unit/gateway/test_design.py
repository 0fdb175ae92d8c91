"""What the design system is made into, and that only what was written down is taken."""

import base64
import hashlib
import io
import tarfile

import pytest

from services.gateway import design, npm


def test_rules_reach_plain_elements_at_the_weight_they_had():
    css = ".govuk-button{color:#fff}.govuk-button--warning:hover{color:red}"

    assert design.dressed(css).partition("\n")[2] == (
        ":is(.govuk-button,:where(button:not(.plain))){color:#fff}"
        ".govuk-button--warning:hover{color:red}"
    )


def test_what_only_the_crown_may_use_is_left_out():
    css = (
        '@charset "UTF-8";@font-face{font-family:GDS Transport;src:url(/a.woff2)}'
        ".govuk-header__logo{color:red}.govuk-header,.govuk-hint{font-family:GDS Transport,arial,"
        "sans-serif}@media print{.govuk-footer{color:red}}@media (min-width:40em){"
        "@supports (margin:0){.govuk-label{color:red}}}"
    )

    assert design.dressed(css).partition("\n")[2] == (
        f":is(.govuk-hint,:where(.hint)){{font-family:{design.TYPEFACES}}}"
        "@media (min-width:40em){@supports (margin:0){:is(.govuk-label,:where(label)){color:red}}}"
    )


def test_selectors_are_parted_outside_of_brackets_only():
    assert design.parted('a:is(.b,.c),d[e="f,g"],h') == ["a:is(.b,.c)", 'd[e="f,g"]', "h"]


def test_what_lies_in_its_place_names_no_typeface_or_picture_of_others():
    made = (design.VENDOR / "design.css").read_text()

    assert [word for word in ("GDS", "url(", "@font-face", "crest") if word in made] == []
    assert made.count("{") == made.count("}")
    assert ":where(.mistake)" in made


def archive(**files: bytes) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return whole.getvalue()


def package(content: bytes) -> npm.Package:
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
    return npm.Package("@mau/goi", "1.2.3", digest)


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """Serve a registry from a folder, on a machine without npm."""
    folder = tmp_path / "@mau/goi/-"
    folder.mkdir(parents=True)
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", tmp_path.as_uri())
    monkeypatch.setenv("PATH", str(tmp_path))
    return folder / "goi-1.2.3.tgz"


def test_a_package_is_taken_without_npm_from_the_registry_named(registry):
    content = archive(LICENSE=b"MIT", css=b"a{}")
    registry.write_bytes(content)

    assert npm.files_of(package(content), "css", "LICENSE") == [b"a{}", b"MIT"]


def test_a_package_that_is_not_the_one_written_down_is_refused(registry):
    registry.write_bytes(archive(css=b"a{}"))

    with pytest.raises(npm.NotFetched, match="not the one that is written down"):
        npm.files_of(package(b"other"), "css")


@pytest.mark.usefixtures("registry")
def test_a_registry_out_of_reach_is_named_with_the_way_out():
    with pytest.raises(npm.NotFetched, match=r"goi-1.2.3.tgz could not be fetched.*NPM_CONFIG_"):
        npm.files_of(package(b""), "css")
