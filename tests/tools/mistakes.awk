# Known mistakes in C files, one line at a time; run by mistakes.sh under LC_ALL=C.
#
# What is looked for as code is looked for in `code`: the line with its comments and
# the contents of its strings and characters taken out. The rules hold by place:
# tests may allocate, print and be long in their functions.

BEGIN {
    word = "(^|[^A-Za-z0-9_])"
    banned = word "(strcpy|strcat|strncpy|strncat|strtok|strtok_r|sprintf|vsprintf|gets|atoi|atol" \
        "|atoll|atof|strtol|strtoul|strtod|mktemp|tmpnam|tempnam|gmtime|localtime|ctime|asctime" \
        "|strerror|setlocale|rand|srand|random|alloca|setjmp|longjmp|popen)[ ]*[(]"
    memory = word "(malloc|calloc|realloc|free|strdup|strndup|reallocarray|aligned_alloc)[ ]*[(]"
    output = word "(printf|fprintf|vprintf|vfprintf|dprintf|puts|fputs|putchar|fputc|putc|fwrite" \
        "|perror)[ ]*[(]"
    leave = word "(exit|_exit|_Exit|quick_exit|abort|atexit)[ ]*[(]"
    clock = word "(time|clock|clock_gettime|gettimeofday|getenv|getcwd)[ ]*[(]"

    # State that outlives a call, and why it is none: "file: variable".
    harmless["src/base/buf.c: nothing"] = "what an empty buffer points at; never written to"
}

function fault(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text
    faults++
}

# The line without comments and literals; `inside` says that a comment goes on.
function code_of(line,    out, at, c, two, quote) {
    out = ""
    quote = ""
    for (at = 1; at <= length(line); at++) {
        c = substr(line, at, 1)
        two = substr(line, at, 2)
        if (inside) {
            if (two == "*/") {
                inside = 0
                at++
            }
        } else if (quote != "") {
            if (c == "\\") {
                at++
            } else if (c == quote) {
                quote = ""
                out = out c
            }
        } else if (two == "/*") {
            inside = 1
            at++
        } else if (two == "//") {
            break
        } else {
            if (c == "\"" || c == "'") {
                quote = c
            }
            out = out c
        }
    }
    return out
}

function finish_file() {
    if (last_file != "" && last_line > 600) {
        printf "%s: %d lines, at most 600: split it by idea\n", last_file, last_line
        faults++
    }
}

FNR == 1 {
    finish_file()
    last_file = FILENAME
    inside = 0
    in_function = 0
    is_test = FILENAME ~ /^tests\//
    prints = is_test || FILENAME ~ /^(src\/(base|report|cli)|policies)\//
    leaves = is_test || FILENAME ~ /^(src\/cli|policies)\// || FILENAME == "src/base/bug.c"
    allocates = is_test || FILENAME ~ /^(src\/base|policies)\//
    asks_outside = is_test || FILENAME ~ /^src\/cli\//
    if (FILENAME ~ /[.]h$/ && $0 !~ /^\/\*/) {
        fault("a header begins with a paragraph that says its idea")
    }
    guard = ""
    if (FILENAME ~ /[.]h$/) {
        guard = toupper(FILENAME)
        sub(/^SRC\//, "", guard)
        gsub(/[^A-Z0-9]/, "_", guard)
        guard = "CFNREACH_" guard
    }
}

{
    last_line = FNR
    shown = $0
    gsub(/[\200-\277]/, "", shown) # count a UTF-8 sequence once
    if (length(shown) > 100) {
        fault("longer than 100 columns")
    }
    if (index($0, "\t")) {
        fault("a tab")
    }
    code = code_of($0)
}

/^#ifndef/ && guard != "" {
    if ($2 != guard) {
        fault("the include guard is " guard)
    }
    guard = ""
}

(code ~ banned && FILENAME != "src/base/banned.h") || (code ~ (word "system[ ]*[(]") && !is_test) {
    fault("a banned function")
}
code ~ memory && !allocates {
    fault("memory is taken and given back in src/base only: use an arena")
}
code ~ output && !prints {
    fault("output is written by src/report and src/cli only: use base/buf.h")
}
code ~ leave && !leaves {
    fault("only src/cli and base/bug.c end the process")
}
code ~ clock && !asks_outside {
    fault("the clock and the surroundings are asked by src/cli only")
}
code ~ /^[ ]*typedef[ ]+(struct|union|enum)[^(]*$/ {
    fault("no typedefs for structs, unions and enums")
}

# A variable that keeps its value: static, not const, no function.
code ~ /^[ ]*static[ ]/ && code !~ /const[ *]/ && code ~ /[;=]/ && code !~ /^[^=]*[(]/ && !is_test {
    name = code
    sub(/[ ]*[=;[].*/, "", name)
    sub(/.*[ *]/, "", name)
    if (!((FILENAME ": " name) in harmless)) {
        fault("no state outside of arenas: '" name "'")
    }
}

# Functions begin and end with a brace in the first column (.clang-format, Linux braces).
/^\{/ {
    in_function = FNR
}
/^\}/ {
    if (in_function && FNR - in_function - 1 > 60 && !is_test) {
        fault("a function of " (FNR - in_function - 1) " lines, at most 60")
    }
    in_function = 0
}

END {
    finish_file()
    exit faults > 0
}
