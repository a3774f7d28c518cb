#!/usr/bin/env bash
# Installs what some tests need and pip cannot give: a browser, PostgreSQL, nginx, logrotate and
# libfaketime. As root on Debian they are installed; otherwise this says what is missing, and those
# tests are skipped. In CI a missing piece fails.
set -euo pipefail

has_chromium() { command -v chromium >/dev/null 2>&1; }
has_postgresql() { [ -n "${TEST_DATABASE_URL:-}" ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
has_nginx() {
    local PATH="$PATH:/usr/sbin" one
    for one in nginx openssl logrotate; do command -v "$one" >/dev/null 2>&1 || return 1; done
}
has_faketime() { ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1; }

packages=()
has_chromium || packages+=(chromium fonts-dejavu-core fonts-noto-color-emoji)
has_postgresql || packages+=(postgresql)
has_nginx || packages+=(nginx openssl logrotate)
has_faketime || packages+=(libfaketime)
if [ "${#packages[@]}" -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests: ${packages[*]}"
    # A PostgreSQL for tests only: no cluster of its own is made or started.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    # And no nginx of its own either: policy-rc.d says that nothing is to be started.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null || true
fi

missing=0
has_chromium || { echo "Chromium is not installed: the browser tests will be skipped." >&2; missing=1; }
has_postgresql || { echo "PostgreSQL is not installed: its tests will be skipped." >&2; missing=1; }
has_nginx || { echo "nginx or logrotate is not installed: the deploy guide's tests will be skipped." >&2; missing=1; }
has_faketime || { echo "libfaketime is not installed: no test will set a clock back." >&2; missing=1; }
[ "$missing" = 0 ] || [ "${CI:-}" != true ]
