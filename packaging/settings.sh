# What the scripts of this folder agree on; they read it with `.` after naming themselves.
# Nothing that they make depends on the clock, the locale, the umask, the user, or the folder:
# two builds of the same sources are the same bytes (tests/packages/repro).
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# A package is the release build, whatever the make that called us was told.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES BUILD O CC V CFLAGS LDFLAGS

version=$(sed -n 's/^VERSION := //p' Makefile)
arch=$(uname -m)
packages=build/packages
mkdir -p "$packages"

# The date of everything: of the last commit; in an unpacked archive, whose files all carry it,
# that of the Makefile.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    if git ls-files --error-unmatch Makefile > /dev/null 2>&1; then
        SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
    else
        SOURCE_DATE_EPOCH=$(stat -c %Y Makefile)
    fi
fi
export SOURCE_DATE_EPOCH

# tar whose output depends on names and contents alone.
same_tar() {
    tar --format=gnu --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 \
        --numeric-owner --mode=u+rw,go+rX-w "$@"
}

say() { printf '%s: %s\n' "${0#"$PWD"/}" "$*"; }
die() {
    say "$@" >&2
    exit 1
}
made() { printf '%s (%s bytes)\n' "$1" "$(stat -c %s "$1")"; }
