#!/bin/bash
# Fails on mistakes that a search can find. Without arguments it looks at every file
# of the tree (tracked by git or about to be); what it says about C is in mistakes.awk.
set -u
export LC_ALL=C
cd "$(dirname "$0")/../.." || exit 2
failed=0

# Everything that git would keep, but for test inputs, which are bytes of any kind.
mapfile -t all < <(git ls-files --cached --others --exclude-standard 2>/dev/null |
    grep -vE '^(testdata|fuzz/inputs)/' | sort)
if [ "${#all[@]}" -eq 0 ]; then # an unpacked archive
    mapfile -t all < <(find . -path ./build -prune -o -path ./testdata -prune -o \
        -type f -print | sed 's|^\./||' | sort)
fi
existing=()
for f in "${all[@]}"; do
    [ -f "$f" ] && existing+=("$f")
done
all=("${existing[@]}")
mapfile -t code < <(printf '%s\n' "${all[@]}" | grep -E '^(src|sarif|tests|policies)/.*\.[ch]$')
# The tools name what they look for.
mapfile -t text < <(printf '%s\n' "${all[@]}" | grep -vE '^(LICENSE|tests/tools/.*)$')

# complain WHAT < lines. Not at the end of a pipe, where it could not set `failed`.
complain() {
    local lines
    lines=$(cat)
    if [ -n "$lines" ]; then
        printf '%s\n' "$lines" | sed "s|\$|  <- $1|"
        failed=1
    fi
}

unended() {
    for f in "${text[@]}"; do
        if [ -s "$f" ] && [ -n "$(tail -c 1 "$f")" ] && grep -qI . "$f"; then
            printf '%s\n' "$f"
        fi
    done
}

if [ "${#code[@]}" -gt 0 ]; then
    awk -f tests/tools/mistakes.awk "${code[@]}" || failed=1
fi
empty='(^|[/_-])(utils?|helpers?|common|misc|tmp|info|manager)([_.-][^/]*)?$'
complain 'a name that says nothing' < <(printf '%s\n' "${all[@]}" | grep -E "$empty")
complain 'do it now' < <(
    grep -InwE 'TODO|FIXME|XXX' "${text[@]}" /dev/null)
complain 'a blank at the end of the line' < <(grep -InE '[[:blank:]]+$' "${text[@]}" /dev/null)
complain 'carriage returns' < <(grep -Il $'\r' "${text[@]}" /dev/null)
complain 'no line break at the end' < <(unended)
exit "$failed"
