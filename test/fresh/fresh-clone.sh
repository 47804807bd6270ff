#!/bin/sh
# Proves the README's commands where nothing of us is: a clone in a new folder, a new HOME with an empty npm cache,
# and a PATH of system folders only. Then the package: packed, installed elsewhere, and run.
#
#   test/fresh/fresh-clone.sh           as whoever calls it
#   test/fresh/fresh-clone.sh --user    as an ordinary user (called by root)
#
# It needs git, npm, ps and the package registry. What it makes is gone when it ends.
set -eu

repository=$(cd "$(dirname "$0")/../.." && pwd)
path=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
ready_within=10

as_user=
[ "${1:-}" != --user ] || as_user=nobody
if [ -n "$as_user" ] && [ "$(id -u)" != 0 ]; then
  echo 'Only root can become an ordinary user.' >&2
  exit 2
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/groundwave-fresh.XXXXXX")
clone=$work/clone
host=$work/host
running=

say() { printf '%s\n' "· $*"; }
fail() {
  printf '%s\n' "✖ $*" >&2
  [ ! -f "$work/log" ] || tail -n 40 "$work/log" >&2
  exit 1
}
leave() {
  [ -z "$running" ] || for pid in $(below "$running") "$running"; do kill -KILL "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap leave EXIT
trap 'exit 1' INT TERM

# A command with nothing of this terminal in its environment but what the machine needs to trust its network.
house_port=$((21000 + $$ % 1500 * 4))
air_port=$((house_port + 2))
fresh() {
  set -- env -i HOME="$work/home" PATH="$path" LANG=C.UTF-8 npm_config_cache="$work/home/.npm" \
    ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"} \
    GROUNDWAVE_HOUSE_PORT="$house_port" GROUNDWAVE_AIR_PORT="$air_port" "$@"
  if [ -n "$as_user" ]; then runuser -u "$as_user" -- "$@"; else "$@"; fi
}

# Every process below one.
below() {
  ps -eo pid=,ppid= | awk -v top="$1" '
    { parent[$1] = $2 }
    END { for (pid in parent) for (up = parent[pid]; up > 1; up = parent[up]) if (up == top) { print pid; break } }'
}

# The process that supervises the station: the one below which air and house run.
supervisor() {
  for pid in $(below "$running"); do
    [ "$(ps -eo ppid=,args= | awk -v parent="$pid" '$1 == parent && / --only (air|house)$/' | wc -l)" -ne 2 ] || echo "$pid"
  done
}

seconds() { date +%s; }

# A log in which nothing stands of what ran before: a command in the background empties it only when it comes to run.
new_log() { : > "$work/log"; }

# Waits until the log says `ready`; $1 seconds at most.
await_ready() {
  until grep -q '^ready ' "$work/log"; do
    kill -0 "$running" 2>/dev/null || fail 'it ended before it was ready'
    [ "$(seconds)" -lt "$1" ] || fail 'it was not ready in time'
    sleep 0.2
  done
}

# Ends the station as a machine does that shuts down, and looks for what it leaves behind.
stop() {
  pid=$(supervisor)
  [ -n "$pid" ] || fail 'there is no supervisor of air and house'
  all=$(below "$running")
  kill -TERM "$pid"
  code=0
  wait "$running" || code=$?
  running=
  [ "$code" = 0 ] || fail "it ended with $code"
  for pid in $all; do ! kill -0 "$pid" 2>/dev/null || fail "process $pid is left"; done
}

say "clone into $clone${as_user:+, as $as_user}"
git clone --quiet --no-hardlinks "$repository" "$clone"
mkdir "$work/home" "$host" "$work/pack"
new_log
[ -z "$as_user" ] || chown -R "$as_user" "$work"

say 'npm ci && npm start'
began=$(seconds)
cd "$clone"
fresh GROUNDWAVE_DATA="$work/station" sh -c 'npm ci && echo installed && npm start' > "$work/log" 2>&1 &
running=$!
until grep -q '^installed$' "$work/log"; do
  kill -0 "$running" 2>/dev/null || fail 'npm ci failed'
  [ "$(seconds)" -lt $((began + 300)) ] || fail 'npm ci takes longer than five minutes'
  sleep 0.2
done
installed=$(seconds)
await_ready $((installed + ready_within))
say "installed after $((installed - began)) s, ready $(($(seconds) - installed)) s later"
ask() { fresh "$clone/node_modules/.bin/node" "$clone/test/fresh/ask.ts" "$house_port" "$air_port" "$@" || fail 'it does not answer as it should'; }
ask 'Oxbow Public Radio' /news.mp3 /music.mp3 /classical.mp3
stop
[ -z "$(cd "$clone" && git -c safe.directory="$clone" status --porcelain)" ] || fail 'the clone is not as it was'

say 'npm pack, and the package in another folder'
fresh npm pack --silent --pack-destination "$work/pack" > "$work/log" 2>&1 || fail 'npm pack failed'
cd "$host"
{ fresh npm init --yes && fresh npm install "$work"/pack/groundwave-*.tgz; } > "$work/log" 2>&1 || fail 'it cannot be installed'
path=$host/node_modules/.bin:$path
say "groundwave on Node $(fresh node --version): help, init, check, serve"
fresh groundwave help > "$work/log" 2>&1 || fail 'groundwave help failed'
grep -q 'groundwave serve DIR' "$work/log" || fail 'help does not help'
fresh groundwave init "$host/my-station" > "$work/log" 2>&1 || fail 'groundwave init failed'
grep -q 'Password  *....-....-....-....' "$work/log" || fail 'init tells no password'
fresh groundwave check "$host/my-station" > "$work/log" 2>&1 || fail 'what init wrote is not in order'
new_log
fresh groundwave serve "$host/my-station" > "$work/log" 2>&1 &
running=$!
await_ready $(($(seconds) + ready_within))
ask 'My Station'
stop

say 'groundwave demo'
new_log
fresh GROUNDWAVE_DATA="$host/demo" groundwave demo > "$work/log" 2>&1 &
running=$!
await_ready $(($(seconds) + ready_within))
ask 'Oxbow Public Radio' /news.mp3
stop
say 'all as the README says'
