#!/bin/sh
# Make this machine ready: Debian packages, virtual environment. Quick and silent when there is nothing to do.
set -eu
cd "$(dirname "$0")/.."
say() { printf 'jilai: %s\n' "$*" >&2; }

mkdir -p build
# Two makes at once (run and test) must not install into each other.
if [ -z "${JILAI_PREPARING:-}" ] && command -v flock >/dev/null; then
    JILAI_PREPARING=1 exec flock build/prepare.lock .ci/prepare.sh
fi

python=
for candidate in python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || { say "Python 3.11 or newer is needed: apt-get install python3.11-venv"; exit 1; }

# -- Debian packages: asked for by what they bring, so that a system that has it from elsewhere is left alone --

have() {
    case $1 in
    lib:*) case $libraries in *"	${1#lib:} "*) ;; *) return 1 ;; esac ;;
    cmd:*) command -v "${1#cmd:}" >/dev/null ;;
    py:*) "$python" -c "import ${1#py:}" 2>/dev/null ;;
    font:zh) [ -n "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" -iname '*cjk*' \
        -o -iname '*sourcehan*' -o -iname 'wqy*' -o -iname '*notosanssc*' 2>/dev/null | head -n 1)" ] ;;
    *) return 1 ;;
    esac
}

missing_packages() { # of the given kind, or of both
    libraries=$(/sbin/ldconfig -p 2>/dev/null || ldconfig -p)
    while read -r kind proof package; do
        case $kind in "${1:-needed}" | "${1:-wanted}") have "$proof" || printf '%s ' "$package" ;; esac
    done <.ci/debian-packages.txt
}

install_packages() { # as root, or by sudo where it asks no password
    log=build/prepare-apt.log
    { $1 apt-get -q update && $1 env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 install $missing; } >"$log" 2>&1 </dev/null && return 0
    tail -n 5 "$log" >&2
    return 1
}

system_stamp=build/.system-$(cksum <.ci/debian-packages.txt | cut -d' ' -f1)-$(uname -n)
if [ ! -e "$system_stamp" ]; then
    missing=$(missing_packages)
    if [ -n "$missing" ]; then
        become=no
        if ! command -v apt-get >/dev/null; then :
        elif [ "$(id -u)" = 0 ]; then become=
        elif sudo -n true 2>/dev/null; then become='sudo -n'
        fi
        [ "$become" = no ] || { say "installing Debian packages, once: $missing"; install_packages "$become" || :; }
        missing=$(missing_packages)
    fi
    if [ -n "$missing" ]; then
        say "these Debian packages are missing; have an administrator run:  apt-get install $missing"
        [ -z "$(missing_packages needed)" ] || exit 1
    else
        rm -f build/.system-*
        : >"$system_stamp"
    fi
fi

# -- Python packages: exactly the lock file, each checked against its hash ----------------------------------

if ! cmp -s requirements/lock.txt .venv/installed.txt; then
    if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null; then
        "$python" -m venv --clear .venv
    fi
    say "installing Python packages from requirements/lock.txt, once (about 500 MB; some minutes)"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --progress-bar off \
        --require-hashes --no-deps --only-binary :all: -r requirements/lock.txt </dev/null || {
        say "Python packages could not be installed; see above. Nothing is half done: run the same command again."
        exit 1
    }
    cp requirements/lock.txt .venv/installed.txt
fi
