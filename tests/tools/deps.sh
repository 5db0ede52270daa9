#!/bin/bash
# Installs what is missing, and only then talks to the network.
#
#   tests/tools/deps.sh build        what `make` needs
#   tests/tools/deps.sh test         and what `make test` needs
#   tests/tools/deps.sh check        and what `make check` needs
#   tests/tools/deps.sh packages     what `make packages-test` needs
#
# What is there is found out by trying: commands by name, headers by including them, Python
# modules by importing them. So it does not matter how they came here. Debian and Ubuntu are
# served with apt-get (with sudo unless root); for other systems the packages are named.
set -u

level=${1:-build}
case $level in
build) sets='build' ;;
test) sets='build test' ;;
check) sets='build test check' ;;
packages) sets='build test packages' ;;
*)
    echo "usage: $0 build|test|check|packages" >&2
    exit 2
    ;;
esac

# set | kind | what to try | Debian, Ubuntu | Fedora | Alpine | Homebrew      (-: nothing to name)
table() {
    cat <<'TABLE'
build|command|gcc|gcc|gcc|gcc|gcc
build|command|ar|binutils|binutils|binutils|-
build|command|make|make|make|make|make
build|header|stdlib.h|libc6-dev|glibc-devel|musl-dev|-
build|command|pkg-config|pkg-config|pkgconf|pkgconf|pkgconf
build|header|yaml.h|libyaml-dev|libyaml-devel|yaml-dev|libyaml
build|header|cjson/cJSON.h|libcjson-dev|cjson-devel|cjson-dev|cjson
build|header|pcre2.h|libpcre2-dev|pcre2-devel|pcre2-dev|pcre2
test|header|cmocka.h|libcmocka-dev|libcmocka-devel|cmocka-dev|cmocka
test|command|jq|jq|jq|jq|jq
test|command|python3|python3|python3|python3|python3
test|python|yaml|python3-yaml|python3-pyyaml|py3-yaml|-
test|command|mandoc|mandoc|mandoc|mandoc|mandoc
test|command|node|nodejs|nodejs|nodejs|node
test|command|pre-commit|pre-commit|pre-commit|pre-commit|pre-commit
check|command|clang|clang|clang|clang|llvm
check|command|clang-format|clang-format|clang-tools-extra|clang-extra-tools|clang-format
check|command|clang-tidy|clang-tidy|clang-tools-extra|clang-extra-tools|llvm
check|command|cppcheck|cppcheck|cppcheck|cppcheck|cppcheck
check|sanitizer|clang|libclang-rt-dev|compiler-rt|compiler-rt|-
check|command|valgrind|valgrind|valgrind|valgrind|-
packages|command|musl-gcc|musl-tools|musl-gcc|-|-
packages|command|dpkg-deb|dpkg|dpkg|dpkg|dpkg
packages|command|dpkg-source|dpkg-dev|dpkg-dev|dpkg-dev|-
packages|command|lintian|lintian|lintian|-|-
TABLE
}

has_header() {
    printf '%s\n' '#define PCRE2_CODE_UNIT_WIDTH 8' '#include <stdarg.h>' '#include <stddef.h>' \
        '#include <stdint.h>' '#include <setjmp.h>' "#include <$1>" |
        gcc -E -x c - -o /dev/null 2>/dev/null
}

has_sanitizer() {
    local out
    out=$(mktemp -d) || return 1
    echo 'int main(void) { return 0; }' |
        "$1" -fsanitize=address,undefined -x c - -o "$out/a" >/dev/null 2>&1
    local status=$?
    rm -rf "$out"
    return $status
}

# Prints the rows of the wanted sets that fail.
missing() {
    while IFS='|' read -r set kind what names; do
        case " $sets " in *" $set "*) ;; *) continue ;; esac
        case $kind in
        command) command -v "$what" >/dev/null 2>&1 ;;
        header) has_header "$what" ;;
        python) python3 -c "import $what" >/dev/null 2>&1 ;;
        sanitizer) has_sanitizer "$what" ;;
        esac || printf '%s|%s|%s|%s\n' "$set" "$kind" "$what" "$names"
    done < <(table)
}

# The names of the missing packages in one column of the table, each once.
names_of() { # names_of COLUMN ROWS
    printf '%s\n' "$2" | cut -d'|' -f"$1" | grep -v '^-$' | sort -u | paste -sd' ' -
}

rows=$(missing)
if [ -z "$rows" ]; then
    exit 0
fi
echo "missing for '$level': $(printf '%s\n' "$rows" | cut -d'|' -f3 | paste -sd' ' -)"

if ! command -v apt-get >/dev/null 2>&1; then
    cat >&2 <<EOF
This system has no apt-get. Please install, with whichever of these you have:
  dnf install $(names_of 5 "$rows")
  apk add $(names_of 6 "$rows")
  brew install $(names_of 7 "$rows")
EOF
    exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Neither root nor sudo: please run as root: apt-get install $(names_of 4 "$rows")" >&2
        exit 1
    fi
    as_root=(sudo)
fi
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 "$@"
}

# A fresh machine has no lists; old lists name files that are gone.
apt update || echo 'apt-get update failed; trying with the lists that are here' >&2
# clang's run-time library is named after the version that `clang` stands for.
version=$(apt-cache show clang 2>/dev/null |
    sed -n 's/^Version: \([0-9]*:\)\{0,1\}\([0-9]*\)\..*/\2/p' | head -n 1)
packages=()
for p in $(names_of 4 "$rows"); do
    if [ "$p" = libclang-rt-dev ]; then
        # Where there is no such package, it comes with clang itself.
        p=libclang-rt-$version-dev
        apt-cache show "$p" >/dev/null 2>&1 || continue
    fi
    packages+=("$p")
done
echo "installing: ${packages[*]}"
apt install -y --no-install-recommends "${packages[@]}" || exit 1

rows=$(missing)
if [ -n "$rows" ]; then
    echo "still missing: $(printf '%s\n' "$rows" | cut -d'|' -f3 | paste -sd' ' -)" >&2
    exit 1
fi
