#!/usr/bin/env bash
# Installs what some tests need and pip cannot give: a browser and PostgreSQL. As root on Debian they
# are installed; otherwise this says what is missing, and those tests are skipped. In CI a missing
# piece fails.
set -euo pipefail

has_chromium() { command -v chromium >/dev/null 2>&1; }
has_postgresql() { [ -n "${TEST_DATABASE_URL:-}" ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

packages=()
has_chromium || packages+=(chromium fonts-dejavu-core fonts-noto-color-emoji)
has_postgresql || packages+=(postgresql)
if [ "${#packages[@]}" -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests: ${packages[*]}"
    # A PostgreSQL for tests only: no cluster of its own is made or started.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null || true
fi

missing=0
has_chromium || { echo "Chromium is not installed: the browser tests will be skipped." >&2; missing=1; }
has_postgresql || { echo "PostgreSQL is not installed: its tests will be skipped." >&2; missing=1; }
[ "$missing" = 0 ] || [ "${CI:-}" != true ]
