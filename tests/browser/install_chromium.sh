#!/bin/sh
# Make a Chromium available to the browser tests where that needs no questions:
# one that is there is used; as root on Debian or Ubuntu it is installed with a Chinese font.
# Anywhere else the tests say what is missing.
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && found=yes
done
fonts=$(fc-list :lang=zh 2>/dev/null | head -n 1)
[ -n "$found" ] && [ -n "$fonts" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null
fi
exit 0
