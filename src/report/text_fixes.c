/*
 *       R2-1       Let the parameter 'AdminCidr' say who may use it, ... (safe)
 *                  -          CidrIp: 0.0.0.0/0
 *                  +          CidrIp: !Ref AdminCidr
 *       R6-1       Deny tcp/22 by the network ACL 'Acl'. (unsafe)
 */
#include "report/text_fixes.h"

#include "base/utf8.h"
#include "text/udiff.h"

enum { LABEL = 13, MOST_LINES = 16 };

/* The lines of a unified diff that change, without its headers. */
static void write_changes(struct source_set *sources, const struct fix *f, struct buf *out)
{
    struct buf diff;
    buf_init(&diff);
    udiff_write(source_of(sources, f->edits[0].at), f->edits, f->edit_n, &diff);
    struct str all = buf_str(&diff);
    bool in_hunk = false;
    size_t shown = 0;
    size_t more = 0;
    for (size_t at = 0; at < all.n;) {
        size_t end = str_find_byte(all, '\n', at);
        struct str line = str_sub(all, at, end);
        at = end == STR_NPOS ? all.n : end + 1;
        in_hunk = in_hunk || str_starts(line, STR("@@"));
        if (!in_hunk || !(str_starts(line, STR("-")) || str_starts(line, STR("+")))) {
            continue;
        }
        if (shown++ < MOST_LINES) {
            buf_pad(out, ' ', LABEL);
            utf8_sanitise(out, str_ends(line, STR("\r")) ? str_sub(line, 0, line.n - 1) : line);
            buf_addc(out, '\n');
        } else {
            more++;
        }
    }
    if (more > 0) {
        buf_pad(out, ' ', LABEL);
        buf_addf(out, "and %zu more lines: cfnreach fix --only %.*s%s\n", more, STR_ARG(f->id),
                 f->safety == FIX_UNSAFE ? " --unsafe" : "");
    }
    buf_release(&diff);
}

static void label(struct buf *out, struct str name, const char *dim, const char *off)
{
    buf_addf(out, "  %s%.*s%s", dim, STR_ARG(name), off);
    buf_pad(out, ' ', name.n + 3 < LABEL ? LABEL - name.n - 2 : 1);
}

static void write_collateral(const struct fix *f, struct buf *out)
{
    enum { SHOWN = 3 };
    for (size_t i = 0; i < f->collateral_n && i < SHOWN; i++) {
        buf_adds(out, i == 0 ? ": also closes " : ", ");
        utf8_sanitise(out, f->collateral[i]);
    }
    if (f->collateral_n > SHOWN) {
        buf_addf(out, " and %zu more", f->collateral_n - SHOWN);
    }
}

void text_fixes_write(struct source_set *sources, struct fix_list fixes, const char *dim,
                      const char *off, struct buf *out)
{
    bool best_shown = false;
    for (size_t i = 0; i < fixes.n; i++) {
        const struct fix *f = &fixes.at[i];
        label(out, f->id, dim, off);
        utf8_sanitise(out, f->title);
        buf_addf(out, " (%s", fix_safety_name(f->safety));
        write_collateral(f, out);
        buf_adds(out, ")\n");
        if (!best_shown && f->edit_n > 0) {
            best_shown = true;
            write_changes(sources, f, out);
        }
    }
    if (fixes.hindrance.n > 0) {
        label(out, STR("no edit"), dim, off);
        utf8_sanitise(out, fixes.hindrance);
        buf_adds(out, "\n");
    }
    if (fixes.unproven_n > 0) {
        label(out, STR("not proven"), dim, off);
        buf_addf(out, "%zu more: run `cfnreach fix`\n", fixes.unproven_n);
    }
}
