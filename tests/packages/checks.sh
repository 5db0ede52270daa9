# What the tests of packages have together: a folder to work in, and a count.
set -u
. packaging/settings.sh
set +e
passed=0 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
static=$PWD/$packages/cfnreach-$version-linux-$arch

check() { # check WHAT COMMAND...: it succeeds; its output is in $work/out
    local what=$1
    shift
    if "$@" > "$work/out" 2>&1 < /dev/null; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $what"
        sed 's/^/    | /' "$work/out"
    fi
}
says() { # says WHAT TEXT: the output of the last check has it
    if grep -qF -- "$2" "$work/out"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1: no: $2"
        sed 's/^/    | /' "$work/out"
    fi
}
ends() { # ends STATUS COMMAND...
    local want=$1 is
    shift
    "$@"
    is=$?
    [ $is -eq "$want" ] || { echo "status $is, not $want"; return 1; }
}
# A program, given as a command: its version, a finding, a clean template, a wrong call.
works() { # works WHAT COMMAND...
    local what=$1
    shift
    check "$what: version" ends 0 "$@" version
    says "$what: it is $version" "$version"
    check "$what: a template with open ports" ends 1 "$@" lint testdata/demo/template.yaml
    says "$what: what it finds" '5 findings: 1 high, 2 medium, 2 low'
    check "$what: a wrong call" ends 2 "$@" lint no-such-file.yaml
}
done_with() {
    echo "$1: $passed passed, $failed failed"
    [ $failed -eq 0 ]
    exit
}
