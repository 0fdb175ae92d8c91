#!/bin/sh
# Pack a root directory that stands in for the image python:3.11-slim where no registry can be
# reached: Debian 12 with its Python 3.11, and the wheels of requirements-run.lock to install from.
#
#   deploy/containers/base.sh base.tar
#
# Needs root and a package index, from which it installs debootstrap if that is missing; takes a
# minute or two. The image is made of it by `docker import base.tar NAME`.
set -eu

archive=$(realpath "$1")
here=$(realpath "$(dirname "$0")/../..")
root=$(mktemp -d)
trap 'rm -rf "$root" "$archive.draft"' EXIT

command -v debootstrap > /dev/null ||
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends debootstrap >&2

# The mirror that apt uses here.
mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' |
    sed -n 's/^Debian //p' | head -n 1)

nice -n 10 debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv \
    bookworm "$root" "$mirror"
nice -n 10 "$here/.venv/bin/python" -m pip download --quiet --progress-bar=off --no-deps \
    --only-binary=:all: --python-version=3.11 --require-hashes \
    --requirement="$here/requirements-run.lock" --dest="$root/opt/wheels"
printf '[global]\nno-index = true\nfind-links = /opt/wheels\n' > "$root/etc/pip.conf"
printf 'Acquire::Retries "3";\n' > "$root/etc/apt/apt.conf.d/retries"
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*

# A bind mount cannot be left behind: debootstrap takes its own down, and tar stays in one system.
nice -n 10 tar --one-file-system -C "$root" -c . > "$archive.draft"
mv "$archive.draft" "$archive"
