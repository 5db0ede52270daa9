/*
 *     internet -> JumpHost, tcp port 22: reachable-by-default
 *       internet through Internet to JumpHost/NetworkInterfaces/0, tcp/22: ... (v4, world)
 *         path     Internet   Traffic enters through 'Internet'.   net.yaml:26
 *         back     PublicRoutes   Route '0.0.0.0/0' of ...         net.yaml:46
 */
#include "report/path_text.h"

#include "base/utf8.h"
#include "report/words.h"

enum { LABEL = 13 };

struct style {
    const char *dim;
    const char *bold;
    const char *off;
};

static void add_clean(struct buf *out, struct str text)
{
    utf8_sanitise(out, text);
}

static void label(struct buf *out, const struct style *st, const char *name)
{
    size_t n = strlen(name);
    buf_addf(out, "    %s%s%s", st->dim, name, st->off);
    buf_pad(out, ' ', n + 4 < LABEL ? LABEL - n - 4 : 1);
}

/* " (net.yaml:26)" */
static void write_place(struct buf *out, const struct style *st, struct source_set *sources,
                        struct span at)
{
    struct words_place p = words_place(sources, at);
    if (p.begin.line) {
        buf_addf(out, " %s(", st->dim);
        add_clean(out, p.file);
        buf_addf(out, ":%u)%s", p.begin.line, st->off);
    }
}

static void write_steps(struct buf *out, const struct style *st, struct source_set *sources,
                        const char *name, const struct finding_step *steps, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        label(out, st, i == 0 ? name : "");
        add_clean(out, steps[i].text);
        write_place(out, st, sources, steps[i].at);
        buf_addc(out, '\n');
    }
}

static void write_way(struct buf *out, const struct style *st, struct source_set *sources,
                      struct arena *a, const struct path_way *w)
{
    buf_adds(out, "  ");
    add_clean(out, w->sender.n ? w->sender : str_from(w->edge));
    if (w->component.n) {
        buf_adds(out, " through ");
        add_clean(out, w->component);
    }
    buf_adds(out, " to ");
    add_clean(out, w->interface);
    buf_addf(out, ", %.*s: %s%s%s (%s%s%s%s%s", STR_ARG(words_ports(a, w->protocol, w->ports)),
             st->bold, reach_verdict_name(w->judgement.verdict), st->off,
             w->families & FAMILY_V4 ? "v4" : "", w->families == (FAMILY_V4 | FAMILY_V6) ? "+" : "",
             w->families & FAMILY_V6 ? "v6" : "", w->exposure[0] ? ", " : "", w->exposure);
    if (w->judgement.verdict == REACH_POSSIBLE) {
        buf_addf(out, ", %s confidence", words_confidence(w->judgement.doubt));
    }
    buf_adds(out, ")\n");
    if (w->witness_n) {
        label(out, st, w->judgement.verdict == REACH_BY_DEFAULT ? "with" : "only if");
        add_clean(out, words_witness_told(a, w->witness, w->witness_n));
        buf_addc(out, '\n');
    }
    write_steps(out, st, sources, "path", w->steps, w->step_n);
    write_steps(out, st, sources, "back", w->back, w->back_n);
}

static void write_single(struct buf *out, const struct style *st, const struct path_blocked *b)
{
    bool joint = b->blockers.n > 0 && b->blockers.at[0].joint;
    for (size_t i = 0; i < b->blockers.n; i++) {
        if (b->blockers.at[i].alone) {
            label(out, st, "opens");
            buf_adds(out, "This alone would open it: ");
            add_clean(out, b->blockers.at[i].reason.change);
            buf_addc(out, '\n');
            return;
        }
    }
    label(out, st, "opens");
    buf_adds(out, joint ? "None blocks by itself; these do together.\n"
                        : "No single change would open it.\n");
}

static void write_blocked(struct buf *out, const struct style *st, struct source_set *sources,
                          const struct path_blocked *b)
{
    buf_adds(out, "  ");
    if (b->sender.n) {
        add_clean(out, b->sender);
        buf_adds(out, " to ");
    }
    add_clean(out, b->interface);
    buf_addf(out, ": %sblocked%s\n", st->bold, st->off);
    for (size_t i = 0; i < b->blockers.n; i++) {
        const struct path_blocker *x = &b->blockers.at[i];
        label(out, st, x->conjunct);
        add_clean(out, x->reason.text);
        if (x->reason.code[0]) {
            buf_addf(out, " [%s]", x->reason.code);
        }
        write_place(out, st, sources, x->at);
        buf_addc(out, '\n');
    }
    for (size_t i = 0; i < b->assumed.n; i++) {
        const struct world_pin *pin = b->assumed.at[i];
        label(out, st, i == 0 ? "assumed" : "");
        add_clean(out, pin->name);
        buf_addc(out, '=');
        add_clean(out, pin->value);
        buf_addc(out, '\n');
    }
    write_single(out, st, b);
}

void path_text_write(const struct path_view *v, struct source_set *sources, bool color,
                     struct buf *out)
{
    struct arena scratch = {0};
    struct style st = {"", "", ""};
    if (color) {
        st = (struct style){"\x1b[2m", "\x1b[1m", "\x1b[0m"};
    }
    const struct path_question *q = &v->question;
    add_clean(out, q->from);
    buf_adds(out, " -> ");
    add_clean(out, q->to);
    buf_addf(out, ", %.*s: %s%s%s\n", STR_ARG(path_ports(&scratch, q->protocol, q->ports)), st.bold,
             reach_verdict_name(v->verdict), st.off);
    for (size_t i = 0; i < v->ways.n; i++) {
        write_way(out, &st, sources, &scratch, &v->ways.at[i]);
    }
    for (size_t i = 0; i < v->blocked.n; i++) {
        write_blocked(out, &st, sources, &v->blocked.at[i]);
    }
    arena_release(&scratch);
}
