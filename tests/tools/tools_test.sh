#!/bin/bash
# The tools that watch over the tree must see: each is shown a small tree with faults
# planted in it, and must name every one of them, at its line, and nothing else.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d) || exit 2
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{src/{base,net,doc,topology,cli},policies,sarif,tests/{net,tools}}
cp "$here"/{mistakes.sh,mistakes.awk,layers.awk} "$tree/tests/tools/"
cd "$tree" || exit 2
failed=0

same() { # same WHAT EXPECTED ACTUAL
    if [ "$2" != "$3" ]; then
        printf 'tools_test: %s\n' "$1"
        diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") | sed -n 's/^[<>]/  &/p'
        failed=1
    fi
}

# ---- layers ------------------------------------------------------------------------------
printf '%s\n' '#include "base/str.h"' '#include "net/ipset.h"' '#include "doc/doc.h"' \
    '#include "ipset.h"' '#include <pcre2.h>' '  #  include "net/other.c"' \
    '/* #include "doc/doc.h" in a comment does not begin the line */' >src/net/a.c
printf '%s\n' '#include "reach/world.h"' '#include "reach/reach.h"' '#include <yaml.h>' \
    >src/topology/b.c
printf '%s\n' '#include <yaml.h>' '#include <stdio.h>' '#include "text/span.h"' \
    '#include <cjson/cJSON.h>' >src/doc/c.h
printf '%s\n' '#include "cli/run.h"' '#include "tests/check.h"' >src/cli/main.c
printf '%s\n' '#include "base/str.h"' '#include "net/ipset.h"' >sarif/d.h
touch policies/compile.c policies/builtin.c policies/faults.c
printf '%s\n' '#include "doc/doc.h"' '#include <cmocka.h>' >tests/net/a_test.c
expected="sarif/d.h:2: sarif may not include net ('net/ipset.h')
src/cli/main.c:2: cli may not include tests ('tests/check.h')
src/doc/c.h:4: <cjson/cJSON.h> belongs to ^(src/doc/json_[a-z_]*[.][ch]|sarif/[a-z_]*[.][ch])\$
src/net/a.c:3: net may not include doc ('doc/doc.h')
src/net/a.c:4: write \"module/file.h\", not \"ipset.h\"
src/net/a.c:5: <pcre2.h> belongs to ^src/base/regex[.]c\$
src/net/a.c:6: a source file is included: 'net/other.c'
src/topology/b.c:2: topology may include only reach/world.h of reach, not 'reach/reach.h'
src/topology/b.c:3: <yaml.h> belongs to ^src/doc/
src/topology/b.c: has no test tests/topology/b_test.c
layers: 9 includes against the rules, 1 faults with tests"
mapfile -t files < <(find src sarif policies tests -name '*.[ch]' | LC_ALL=C sort)
actual=$(awk -f tests/tools/layers.awk "${files[@]}") && same 'layers passes' fail pass
same 'layers' "$expected" "$actual"

# ---- mistakes ----------------------------------------------------------------------------
rm -rf src sarif policies tests/net
mkdir -p src/{net,cli,base} tests/net
cat >src/net/bad.c <<'C'
/* strcpy(a, b); malloc(1) in a comment is none */
static const char text[] = "free(p); // printf(\"x\")";
static int counter;
static const int table[] = {1};
static int next(int x);
static void *get(void)
{
    static int calls = 0;
    return malloc(1);
}
static int f(void)
{
    char c = '"'; free(text); /* the quote opens nothing */
    my_free(c), freed(c), cJSON_Delete(c), free_list(c);
    sprintf(c, "x"); snprintf(c, 1, "x");
    fprintf(stderr, "x");
    exit(1);
    return time(NULL);
}
typedef struct bad bad;
typedef struct bad make_bad(int);
/* a comment that
   goes on: abort(); */ abort();
C
{
    printf '%s\n' '/* long */' 'int long_function(void)' '{'
    seq -f '    f(%g);' 61
    printf '%s\n' '}' 'int longest_function(void)' '{'
    seq -f '    f(%g);' 60
    printf '}\n'
    printf '/* %0100d */\n' 0
    printf '/* %094d */\n' 0
    printf '/* \xc3\xa4%093d */\n' 0
} >src/net/long.c
seq -f '/* %g */' 601 >src/net/many.c
printf '#ifndef CFNREACH_NET_GUARD_H\n#define X\n#endif\n' >src/net/wrong_guard.h
printf '/* ok */\nint a(void) { exit(1); printf("x"); getenv("x"); }\n' >src/cli/ok.c
printf '/* ok */\nint a(void) { malloc(1); fputs("x", stdout); }\n' >src/base/ok.c
printf '/* ok */\nstatic int n;\nint a(void) { free(malloc(1)); exit(1); }\n' >tests/net/ok.c
printf '/* x */\n' >src/net/net_util.h
printf 'a\n# TODO: b\nXXXXXX todo FIXMES\nc \n' >notes.md
printf 'a\r\n' >dos.txt
printf 'a' >open.txt
printf '/* x */\n\tint a;\n' >src/net/tab.c
expected="src/net/bad.c:3: no state outside of arenas: 'counter'
src/net/bad.c:8: no state outside of arenas: 'calls'
src/net/bad.c:9: memory is taken and given back in src/base only: use an arena
src/net/bad.c:13: memory is taken and given back in src/base only: use an arena
src/net/bad.c:15: a banned function
src/net/bad.c:16: output is written by src/report and src/cli only: use base/buf.h
src/net/bad.c:17: only src/cli and base/bug.c end the process
src/net/bad.c:18: the clock and the surroundings are asked by src/cli only
src/net/bad.c:20: no typedefs for structs, unions and enums
src/net/bad.c:23: only src/cli and base/bug.c end the process
src/net/long.c:65: a function of 61 lines, at most 60
src/net/long.c:129: longer than 100 columns
src/net/many.c: 601 lines, at most 600: split it by idea
src/net/tab.c:2: a tab
src/net/wrong_guard.h:1: a header begins with a paragraph that says its idea
src/net/wrong_guard.h:1: the include guard is CFNREACH_NET_WRONG_GUARD_H
src/net/net_util.h  <- a name that says nothing
notes.md:2:# TODO: b  <- do it now
notes.md:4:c   <- a blank at the end of the line
dos.txt  <- carriage returns
open.txt  <- no line break at the end"
actual=$(GIT_DIR=/nowhere tests/tools/mistakes.sh) && same 'mistakes passes' fail pass
same 'mistakes' "$expected" "$actual"

# ---- and a clean tree passes -------------------------------------------------------------
rm -rf src/net tests/net ./*.md ./*.txt
GIT_DIR=/nowhere tests/tools/mistakes.sh || same 'mistakes on a clean tree' pass fail

[ "$failed" -eq 0 ] && echo 'tools_test: the tools see what they should'
exit "$failed"
