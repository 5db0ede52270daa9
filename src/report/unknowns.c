#include "report/unknowns.h"

#include "base/json_writer.h"
#include "base/utf8.h"
#include "policy/unknowns.h"

static struct unknowns all_of(struct arena *scratch, const struct analysis *a)
{
    if (a->topology == NULL) {
        return (struct unknowns){0};
    }
    return unknowns_of(scratch, a->topology, &a->answer, a->findings);
}

void unknowns_write_text(const struct analysis *a, struct buf *out)
{
    struct arena scratch = {0};
    struct unknowns all = all_of(&scratch, a);
    utf8_sanitise(out, a->source->path);
    const char *none = a->topology == NULL ? ": not analysed\n" : ": nothing is left open\n";
    buf_adds(out, all.n ? ":\n" : none);
    for (size_t i = 0; i < all.n; i++) {
        const struct unknown *u = &all.at[i];
        buf_adds(out, "  ");
        utf8_sanitise(out, u->name);
        buf_addf(out, "  %s  %zu flow%s, %zu finding%s", u->kind, u->flows,
                 u->flows == 1 ? "" : "s", u->findings, u->findings == 1 ? "" : "s");
        if (u->text.n > 0) {
            buf_adds(out, "  ");
            utf8_sanitise(out, u->text);
        }
        buf_addc(out, '\n');
    }
    arena_release(&scratch);
}

void unknowns_write_json(const struct analysis *a, struct buf *array)
{
    struct arena scratch = {0};
    struct unknowns all = all_of(&scratch, a);
    for (size_t i = 0; i < all.n; i++) {
        struct json_writer w;
        buf_adds(array, array->n ? ",\n" : "\n");
        json_begin(&w, array, 0);
        json_object_begin(&w);
        json_member(&w, "file", a->source->path);
        json_member(&w, "name", all.at[i].name);
        json_member_c(&w, "kind", all.at[i].kind);
        json_member_or_null(&w, "text", all.at[i].text);
        json_member_int(&w, "flows", all.at[i].flows);
        json_member_int(&w, "findings", all.at[i].findings);
        json_object_end(&w);
    }
    arena_release(&scratch);
}
