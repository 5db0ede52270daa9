/*
 * The changes for people: two or three lines each, what opens first.
 *
 *     + opened    medium  tcp/22 of 'Web' from internet through Igw (v4, world, reachable)
 *         new.yaml:41:19: CFNR102 internet-ssh
 *         path: Igw -> Vpc.DefaultNetworkAcl -> Group -> Web/NetworkInterfaces/0 -> Web
 */
#include "base/utf8.h"
#include "report/diff_view.h"

static const struct look {
    char sign;
    const char *color;
} looks[FLOW_KINDS] = {
    [FLOW_OPENED] = {'+', "\x1b[1;31m"},
    [FLOW_WIDENED] = {'~', "\x1b[1;33m"},
    [FLOW_NARROWED] = {'~', "\x1b[1;36m"},
    [FLOW_CLOSED] = {'-', "\x1b[1;32m"},
};

enum { KIND_WIDTH = 9, SEVERITY_WIDTH = 14 };

static void add_padded(struct buf *out, const char *text, size_t width)
{
    buf_adds(out, text);
    buf_pad(out, ' ', strlen(text) < width ? width - strlen(text) : 1);
}

static void add_line(struct buf *out, const char *label, struct str text)
{
    if (text.n > 0) {
        buf_addf(out, "    %s", label);
        utf8_sanitise(out, text);
        buf_addc(out, '\n');
    }
}

static void add_place(struct buf *out, struct arena *a, const struct flow_change *c)
{
    struct flow_place p = diff_place(c);
    struct str rule = STR("no rule of the policy");
    if (c->grade != NULL) {
        rule = str_format(a, "%s %s%s", c->grade->rule->id, c->grade->rule->name,
                          c->grade->suppressed ? ", suppressed" : "");
    }
    add_line(out, "",
             p.line > 0 ? str_format(a, "%.*s:%u:%u: %.*s", STR_ARG(p.file), p.line, p.column,
                                     STR_ARG(rule))
                        : rule);
}

static void add_change(struct buf *out, struct arena *a, const struct flow_change *c, bool color)
{
    const struct look *look = &looks[c->kind];
    buf_addf(out, "%s%c ", color ? look->color : "", look->sign);
    add_padded(out, flow_change_name(c->kind), KIND_WIDTH);
    buf_adds(out, color ? "\x1b[0m" : "");
    add_padded(out, c->grade != NULL ? severity_name(c->grade->severity) : "-", SEVERITY_WIDTH);
    utf8_sanitise(out, diff_subject(a, c));
    buf_addc(out, '\n');
    struct diff_details details = diff_details(a, c);
    for (size_t i = 0; i < details.all.n; i++) {
        add_line(out, "", details.all.at[i]);
    }
    add_place(out, a, c);
    add_line(out, "path: ", diff_path(a, c));
}

void diff_text_write(const struct diff_view *v, struct buf *out)
{
    for (size_t i = 0; i < v->changes->all.n; i++) {
        struct arena scratch = {0};
        add_change(out, &scratch, &v->changes->all.at[i], v->color);
        arena_release(&scratch);
    }
    if (v->changes->all.n > 0 || v->incomplete || !v->quiet) {
        struct arena scratch = {0};
        buf_add(out, diff_totals(&scratch, v));
        buf_addc(out, '\n');
        arena_release(&scratch);
    }
}
