/*
 * libyaml says "did not find expected key" at a mark that is often far behind the
 * mistake. Each complaint has a row here: what was expected, which of the two
 * marks is the place to show, and what stands at the other one. In front of all
 * rows goes the mistake that is made most: a tab where YAML wants spaces.
 */
#include "doc/yaml_fault.h"

enum row_flags {
    AT_CONTEXT = 1, /* the place is where the thing begins, not where it broke */
    SAY_FOUND = 2,  /* end with ", but found ..." */
    MAY_BE_TAB = 4, /* a tab in the indentation is the likely cause */
    NEW_LINE = 8    /* means the first thing on a line; behind a value it is a leftover */
};

struct row {
    const char *problem; /* as in libyaml 0.2.5 */
    const char *message; /* without the period */
    const char *beside;  /* what is at the context mark, or NULL */
    unsigned flags;
};

#define NOT_DIRECTIVE "A line that begins with '%' must be a '%YAML' or a '%TAG' line"
#define NOT_VERSION   "Expected a version such as '1.1' after '%YAML'"

static const struct row rows[] = {
    {"could not find expected ':'", "Expected ':' after this key", NULL, AT_CONTEXT | MAY_BE_TAB},
    {"block sequence entries are not allowed in this context",
     "A list item cannot begin here; check the indentation and what stands before the '-'", NULL,
     MAY_BE_TAB},
    {"mapping keys are not allowed in this context",
     "A key cannot begin here; check the indentation of this line", NULL, MAY_BE_TAB},
    {"mapping values are not allowed in this context",
     "A ':' cannot stand here; if it belongs to a text, put the text in quotes, else check the "
     "indentation",
     NULL, MAY_BE_TAB},
    {"found unexpected ':'",
     "A ':' inside brackets needs a space behind it; if it belongs to a text, put the text in "
     "quotes",
     NULL, 0},
    {"did not find expected key",
     "Expected the next key of the map, in line with the keys above it", "The map begins here.",
     SAY_FOUND | MAY_BE_TAB | NEW_LINE},
    {"did not find expected '-' indicator",
     "Expected '-' and the next item of the list, in line with the items above it",
     "The list begins here.", SAY_FOUND | MAY_BE_TAB | NEW_LINE},
    {"did not find expected ',' or ']'", "Expected ',' or ']' after the item of the list",
     "The list begins here.", SAY_FOUND},
    {"did not find expected ',' or '}'", "Expected ',' or '}' after the entry of the map",
     "The map begins here.", SAY_FOUND},
    {"did not find expected node content", "Expected a value", NULL, SAY_FOUND | MAY_BE_TAB},
    {"did not find expected <document start>", "Expected the end of the document", NULL,
     SAY_FOUND | MAY_BE_TAB},
    {"found unexpected end of stream", "The quoted text that begins here has no closing quote",
     NULL, AT_CONTEXT},
    {"found unexpected document indicator",
     "The quoted text that begins here has no closing quote before the document ends", NULL,
     AT_CONTEXT},
    {"found unknown escape character",
     "Unknown escape sequence in a text in double quotes; write '\\\\' for a backslash",
     "The text begins here.", 0},
    {"did not find expected hexdecimal number",
     "Expected hexadecimal digits in the escape sequence", "The text begins here.", SAY_FOUND},
    {"found invalid Unicode character escape code",
     "The escape sequence names no Unicode character", "The text begins here.", 0},
    {"found a tab character that violates indentation", "A tab cannot indent a line", NULL,
     MAY_BE_TAB},
    {"found a tab character where an indentation space is expected", "A tab cannot indent a line",
     NULL, MAY_BE_TAB},
    {"found an indentation indicator equal to 0",
     "The indentation indicator of a block text must be 1 to 9", NULL, 0},
    {"did not find expected comment or line break", "Expected the end of the line or a comment",
     NULL, SAY_FOUND},
    {"did not find expected alphabetic or numeric character",
     "Expected a name of letters, digits, '-' or '_' after '&' or '*'", NULL, SAY_FOUND},
    {"did not find expected whitespace or line break", "Expected a blank after the tag", NULL,
     SAY_FOUND},
    {"did not find expected tag URI", "Expected the name of a tag after '!'", NULL, SAY_FOUND},
    {"did not find expected '!'", "Expected '!' at the end of the tag's handle", NULL, SAY_FOUND},
    {"did not find the expected '>'", "Expected '>' at the end of the tag", NULL, SAY_FOUND},
    {"found undefined tag handle", "The handle of this tag is not defined by a '%TAG' line", NULL,
     0},
    {"did not find URI escaped octet", "Expected two hexadecimal digits after '%' in the tag", NULL,
     SAY_FOUND},
    {"found an incorrect leading UTF-8 octet", "The escapes in the tag are not UTF-8", NULL, 0},
    {"found an incorrect trailing UTF-8 octet", "The escapes in the tag are not UTF-8", NULL, 0},
    {"could not find expected directive name", NOT_DIRECTIVE, NULL, 0},
    {"found unexpected non-alphabetical character", NOT_DIRECTIVE, NULL, 0},
    {"found unknown directive name", NOT_DIRECTIVE, NULL, 0},
    {"did not find expected digit or '.' character", NOT_VERSION, NULL, SAY_FOUND},
    {"did not find expected version number", NOT_VERSION, NULL, SAY_FOUND},
    {"found extremely long version number", NOT_VERSION, NULL, 0},
    {"did not find expected whitespace", "Expected a space in the '%TAG' line", NULL, SAY_FOUND},
    {"found duplicate %YAML directive", "The '%YAML' line is written twice", NULL, 0},
    {"found duplicate %TAG directive", "The '%TAG' line is written twice for one handle", NULL, 0},
    {"found incompatible YAML document", "Only YAML 1.1 and 1.2 can be read", NULL, 0},
};

static struct str not_a_token(struct read_job *job, uint32_t at)
{
    unsigned char c = read_byte(job, at);
    if (c == '@' || c == '`' || c == '%') {
        return str_format(job->scratch, "A text cannot begin with '%c'; put it in quotes.", c);
    }
    return str_format(job->scratch, "Expected a key, a value or a list item, but found %s.",
                      read_found(job, at));
}

/* Behind the leading blanks of the line of `at`, at most `at`. */
static uint32_t behind_blanks(const struct read_job *job, uint32_t at)
{
    uint32_t line = at;
    while (line > job->begin && read_byte(job, line - 1) != '\n' &&
           read_byte(job, line - 1) != '\r') {
        line--;
    }
    while (line < at && read_byte(job, line) == ' ') {
        line++;
    }
    return line;
}

/* True if it was a tab; the fault is recorded then. */
static bool fail_at_tab(struct read_job *job, uint32_t at)
{
    uint32_t tab = behind_blanks(job, at);
    if (read_byte(job, tab) != '\t') {
        return false;
    }
    read_fail(job, DIAG_SYNTAX, tab, tab + 1,
              STR("The line is indented with a tab; YAML allows only spaces for indentation."));
    return true;
}

static bool fail_by_row(struct read_job *job, const struct row *row, uint32_t at, uint32_t context)
{
    uint32_t place = (row->flags & AT_CONTEXT) ? context : at;
    uint32_t size = read_found_size(job, place);
    bool leftover = (row->flags & NEW_LINE) && behind_blanks(job, at) < at && at < job->bytes.n;
    const char *what = leftover ? "Expected the end of the line behind the value" : row->message;
    struct str message = (row->flags & SAY_FOUND) ? str_format(job->scratch, "%s, but found %s.",
                                                               what, read_found(job, place))
                                                  : str_format(job->scratch, "%s.", what);
    read_fail(job, DIAG_SYNTAX, place, place + size, message);
    job->fault.reached = at;
    if (row->beside && !leftover && context < at) {
        read_fail_beside(job, context, context + 1, row->beside);
    }
    return false;
}

/* The reader of libyaml counts bytes itself and fails before the scanner. */
static bool fail_in_bytes(struct read_job *job, const yaml_parser_t *parser)
{
    uint32_t at = job->begin + (uint32_t)parser->problem_offset;
    return read_fail(job, DIAG_SYNTAX, at, at + 1,
                     str_format(job->scratch, "Found %s, which YAML does not allow in a file.",
                                read_found(job, at)));
}

bool yaml_fault(struct read_job *job, struct yaml_place *place, const yaml_parser_t *parser)
{
    /* libyaml 0.2.5 forgets to say so where it has no memory for a tag (yaml_parser_scan_tag). */
    if (parser->error == YAML_MEMORY_ERROR || parser->error == YAML_NO_ERROR) {
        bug_no_memory();
    }
    if (parser->error == YAML_READER_ERROR) {
        return fail_in_bytes(job, parser);
    }
    const char *problem = parser->problem ? parser->problem : "unknown problem";
    uint32_t at = yaml_place_at(place, parser->problem_mark.index);
    uint32_t context = parser->context ? yaml_place_at(place, parser->context_mark.index) : at;
    bool in_flow = parser->flow_level > 0; /* there, tabs are as good as blanks */
    if (strcmp(problem, "found character that cannot start any token") == 0) {
        if (!in_flow && fail_at_tab(job, at)) {
            return false;
        }
        return read_fail(job, DIAG_SYNTAX, at, at + read_found_size(job, at), not_a_token(job, at));
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(problem, rows[i].problem) != 0) {
            continue;
        }
        if ((rows[i].flags & MAY_BE_TAB) && !in_flow && fail_at_tab(job, at)) {
            return false;
        }
        return fail_by_row(job, &rows[i], at, context);
    }
    return read_fail(job, DIAG_SYNTAX, at, at + read_found_size(job, at),
                     str_format(job->scratch, "This is not YAML: %.200s.", problem));
}
