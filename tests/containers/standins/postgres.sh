#!/bin/sh
# What the entrypoint of the image `postgres` does, as far as docker-compose.yml counts on it.
set -eu
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
    initdb --pgdata="$data" --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" \
        --auth=scram-sha-256 --encoding=UTF8 --locale=C
    echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
fi
program=$1
shift
exec "$program" -D "$data" -c 'listen_addresses=*' -c unix_socket_directories=/tmp "$@"
