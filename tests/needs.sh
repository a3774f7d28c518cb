#!/usr/bin/env bash
# Installs what some tests need and pip cannot give: a browser. As root on Debian it is installed;
# otherwise this says what is missing, and those tests are skipped. In CI a missing piece fails.
set -euo pipefail

if ! command -v chromium >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing Chromium for the browser tests"
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends \
            chromium fonts-dejavu-core fonts-noto-color-emoji; } >/dev/null || true
    fi
fi
if ! command -v chromium >/dev/null 2>&1; then
    echo "Chromium is not installed: the browser tests will be skipped (apt-get install chromium)." >&2
    [ "${CI:-}" != true ] || exit 1
fi
