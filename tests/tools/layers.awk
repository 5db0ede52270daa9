# The law of the layers: which module may include which (the table of the design).
#
#   awk -f tests/tools/layers.awk FILE...       all .c and .h files of src, sarif,
#                                               policies and tests, as `make layers` gives them
#
# Prints "file:line: what is wrong" and fails if anything is. It also fails for a source
# file without a test of its own: tests/<module>/<file>_test.c.

# ---- the table: module -> what it includes directly; base is allowed everywhere ------------
BEGIN {
    may["base"] = ""
    may["text"] = ""
    may["guard"] = ""
    may["net"] = ""
    may["sarif"] = ""
    may["doc"] = "text"
    may["cfn"] = "doc text guard"
    may["reach"] = "net guard"
    may["topology"] = "cfn doc text guard net reach/world.h"
    may["policy"] = "topology reach cfn doc text guard net sarif"
    may["analysis"] = "policy topology reach cfn doc text guard net sarif"
    may["fix"] = "analysis policy topology reach cfn doc text guard net sarif"
    # The results of an analysis are what a report is made of.
    may["report"] = "fix analysis policy topology reach text sarif"
    may["cli"] = "report fix analysis policy topology reach cfn doc text guard net sarif"
    # The generators of the embedded tables, run while building.
    may["policies"] = "policy doc text"

    # Headers of foreign libraries: a regular expression of the files that may include them.
    # Tests may include whatever they want to compare with.
    owner["yaml.h"] = "^src/doc/"
    owner["cjson/cJSON.h"] = "^(src/doc/json_[a-z_]*[.][ch]|sarif/[a-z_]*[.][ch])$"
    owner["pcre2.h"] = "^src/base/regex[.]c$"
    owner["cmocka.h"] = "^tests/"

    # Sources without a test of their own, and why.
    untested["src/cli/main.c"] = "hands argv on; the tests of the command line run it"
    untested["policies/compile.c"] = "runs in every build; its output is what tests of policy read"
    untested["policies/builtin.c"] = untested["policies/compile.c"]
    untested["policies/faults.c"] = "where the generators end when their input is wrong"

    for (i = 1; i < ARGC; i++) { # not when it is read: an empty file has no first line
        seen[ARGV[i]] = 1
    }
}

function fault(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text
    faults++
}

# "src/doc/read.c" -> "doc", "sarif/sarif.c" -> "sarif", "tests/..." -> "" (may include all).
function module_of(path,    part, n) {
    n = split(path, part, "/")
    return part[1] == "src" && n > 2 ? part[2] : part[1] == "tests" ? "" : part[1]
}

function allowed(module, header,    list, n, i, target) {
    target = header
    sub(/\/.*/, "", target)
    if (target == module || (target == "base" && module in may)) {
        return 1
    }
    n = split(may[module], list, " ")
    for (i = 1; i <= n; i++) {
        if (list[i] == target || list[i] == header) {
            return 1
        }
    }
    return 0
}

FNR == 1 {
    module = module_of(FILENAME)
    if (module != "" && !(module in may)) {
        fault("'" module "' is no module of the table in tests/tools/layers.awk")
    }
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    header = quoted[2]
    if (header ~ /[.]c$/) {
        fault("a source file is included: '" header "'")
    } else if (header !~ /^[a-z_]+\/[a-z0-9_\/]+[.](h|inc)$/) {
        fault("write \"module/file.h\", not \"" header "\"")
    } else if (module != "" && module in may && !allowed(module, header)) {
        target = header
        sub(/\/.*/, "", target)
        if (target "/world.h" != header && index(" " may[module] " ", " " target "/world.h ")) {
            fault(module " may include only " target "/world.h of " target ", not '" header "'")
        } else {
            fault(module " may not include " target " ('" header "')")
        }
    }
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    if (header in owner && module != "" && FILENAME !~ owner[header]) {
        fault("<" header "> belongs to " owner[header])
    }
}

END {
    for (path in seen) {
        if (path !~ /[.]c$/ || path ~ /^tests\//) {
            continue
        }
        test = path
        sub(/^src\//, "", test)
        sub(/[.]c$/, "_test.c", test)
        if (path in untested) {
            if (("tests/" test) in seen) {
                missing[++missings] = path ": has a test: take it off the list in layers.awk"
            }
        } else if (!(("tests/" test) in seen)) {
            missing[++missings] = path ": has no test tests/" test
        }
    }
    for (path in untested) {
        if (!(path in seen)) {
            missing[++missings] = path ": does not exist: take it off the list in layers.awk"
        }
    }
    # In order, whatever order awk walks its tables in.
    for (i = 2; i <= missings; i++) {
        for (k = i; k > 1 && missing[k] < missing[k - 1]; k--) {
            line = missing[k]
            missing[k] = missing[k - 1]
            missing[k - 1] = line
        }
    }
    for (i = 1; i <= missings; i++) {
        print missing[i]
    }
    if (faults + missings > 0) {
        printf "layers: %d includes against the rules, %d faults with tests\n", faults, missings
        exit 1
    }
}
