#!/bin/sh
# Run a program that opens windows: on this display, or, where there is none, on a virtual one (Xvfb).
set -eu
cd "$(dirname "$0")/.."
export PYTHONUTF8=1
# Qt wants a UTF-8 locale; a bare system has POSIX. A person's own UTF-8 locale stays.
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$@"
fi

command -v Xvfb >/dev/null && command -v xauth >/dev/null || {
    echo "jilai: no display here, and no virtual one either: apt-get install xvfb xauth" >&2
    exit 1
}
echo "jilai: no display here, so the window opens on a virtual one (Xvfb, 1366x768)" >&2
place=$(mktemp -d)
display= program=
leave() {
    trap '' INT TERM HUP # make passes on a signal that the group has had already
    trap - EXIT
    [ -z "$program" ] || kill -TERM "$program" 2>/dev/null || :
    # It leaves in order within a moment; what hangs may be ended: everything durable is on the disk already.
    tenths=200
    while [ -n "$program" ] && kill -0 "$program" 2>/dev/null; do
        [ "$tenths" -gt 0 ] || kill -KILL "$program" 2>/dev/null || :
        tenths=$((tenths - 1))
        sleep 0.1
    done
    [ -z "$display" ] || kill -TERM "$display" 2>/dev/null || :
    [ -z "$display" ] || wait "$display" 2>/dev/null || :
    rm -rf "$place"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Only this run may look at the screen: it shows personal data. The cookie is the key, whatever the number.
cookie=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export XAUTHORITY="$place/authority"
xauth -q add :0 . "$cookie" 2>/dev/null
mkfifo "$place/number"
# In a session of its own: a Ctrl-C or a signal to the whole group must reach the program before its display.
setsid Xvfb -displayfd 5 -screen 0 "${JILAI_SCREEN:-1366x768x24}" -nolisten tcp -auth "$XAUTHORITY" \
    5>"$place/number" >"$place/xvfb.log" 2>&1 &
display=$!
read -r number <"$place/number" || { tail -n 3 "$place/xvfb.log" >&2; exit 1; }
export DISPLAY=":$number"
xauth -q add "$DISPLAY" . "$cookie" 2>/dev/null
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
    export XDG_RUNTIME_DIR="$place/runtime"
    mkdir -m 700 "$XDG_RUNTIME_DIR"
fi

"$@" &
program=$!
status=0
wait "$program" || status=$?
program=
exit "$status"
