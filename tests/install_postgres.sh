#!/bin/sh
# Make a PostgreSQL with PostGIS available to the tests of the store where that needs no questions:
# one that is there is used; as root on Debian or Ubuntu it is installed, without a running server.
# Anywhere else the tests say what is missing.
for place in /usr/lib/postgresql/*; do
  [ -x "$place/bin/initdb" ] || continue
  [ -e "/usr/share/postgresql/${place##*/}/extension/postgis.control" ] && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  # The tests start servers of their own; a first installation shall not leave another one running.
  settings=/etc/postgresql-common/createcluster.d
  [ -e /usr/bin/pg_ctlcluster ] || { mkdir -p $settings && echo "create_main_cluster = false" >$settings/tests.conf; }
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql postgresql-postgis >/dev/null
fi
exit 0
