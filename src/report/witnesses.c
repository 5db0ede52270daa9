/*
 * Cubes by name. The first one holds the witness that the finding shows by itself; together they
 * are all of the assignments that can be deployed and under which it holds.
 */
#include "report/witnesses.h"

#include "base/limits.h"
#include "policy/facts.h"

void witnesses_init(struct witnesses_known *k, const struct report *r, struct arena *a,
                    const struct analysis *analysis)
{
    k->arena = a;
    k->analysis = r->options.all_witnesses ? analysis : NULL;
    map_init(&k->of, a);
}

static struct witnesses_part part_of(struct arena *a, const struct topology *t,
                                     const struct guard_cube_part *part)
{
    struct str *values = ARENA_ARRAY(a, part->n, struct str);
    struct finding_choice choice = {0};
    struct str together = STR("");
    for (size_t i = 0; i < part->n; i++) {
        struct guard_literal l = {part->var, part->outcomes[i]};
        choice = fact_choice(t->world->space, &l);
        values[i] = choice.value;
        together =
            i == 0 ? values[i] : str_format(a, "%.*s|%.*s", STR_ARG(together), STR_ARG(values[i]));
    }
    choice.value = together;
    return (struct witnesses_part){
        .name = choice.name,
        .values = values,
        .n = part->n,
        .is_fact = choice.is_fact,
        .text = choice.is_fact ? fact_clause(a, t, &choice, false) : STR(""),
    };
}

static bool takes_any_other(const struct witnesses_part *p)
{
    return p->n > 0 && str_is(p->values[p->n - 1], CFN_ANY_OTHER);
}

/* Two variables of one name (fact_choices_add) are one part: "any other value" of the one is what
 * the other says. Where both name values, both are asked for, and the first says it. */
static size_t add_part(struct arena *a, struct witnesses_part *parts, size_t n,
                       struct witnesses_part part)
{
    size_t i = 0;
    while (i < n && !str_eq(parts[i].name, part.name)) {
        i++;
    }
    if (i == n) {
        parts[n] = part;
        return n + 1;
    }
    if (takes_any_other(&parts[i])) {
        size_t own = parts[i].n - 1;
        struct str *values = ARENA_ARRAY(a, own + part.n, struct str);
        for (size_t v = 0; v < own + part.n; v++) {
            values[v] = v < own ? parts[i].values[v] : part.values[v - own];
        }
        parts[i].values = values;
        parts[i].n = own + part.n;
    }
    return n;
}

static struct witnesses *make(struct witnesses_known *k, struct guard when)
{
    struct arena *a = k->arena;
    const struct topology *t = k->analysis->topology;
    struct guard_cover cover =
        guard_cover(t->world->space, when, t->world->family, LIMIT_WITNESSES, a);
    struct witnesses_cube *cubes = ARENA_ARRAY(a, cover.n, struct witnesses_cube);
    for (size_t i = 0; i < cover.n; i++) {
        struct witnesses_part *parts = ARENA_ARRAY(a, cover.at[i].n, struct witnesses_part);
        size_t n = 0;
        for (size_t p = 0; p < cover.at[i].n; p++) {
            n = add_part(a, parts, n, part_of(a, t, &cover.at[i].parts[p]));
        }
        cubes[i] = (struct witnesses_cube){parts, n};
    }
    struct witnesses *all = ARENA_NEW(a, struct witnesses);
    *all = (struct witnesses){cubes, cover.n, cover.more};
    return all;
}

const struct witnesses *witnesses_of(struct witnesses_known *k, struct guard when)
{
    if (k->analysis == NULL || k->analysis->topology == NULL) {
        return NULL;
    }
    struct str key = {(const char *)&when.node, sizeof when.node};
    const struct witnesses *known = map_get(&k->of, key);
    if (known == NULL) {
        struct witnesses *made = make(k, when);
        *map_at(&k->of, str_copy(k->arena, key)) = made;
        known = made;
    }
    return known;
}

struct str witnesses_text(struct arena *a, const struct witnesses_cube *cube, bool told)
{
    if (cube->n == 0) {
        return STR("always");
    }
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < cube->n; i++) {
        const struct witnesses_part *p = &cube->at[i];
        buf_addf(&out, "%s%.*s", i ? ", " : "", STR_ARG(p->name));
        bool holds = p->is_fact && p->n == 1 && str_is(p->values[0], "yes");
        for (size_t v = 0; v < p->n && !holds; v++) {
            buf_addf(&out, "%s%.*s", v ? "|" : "=", STR_ARG(p->values[v]));
        }
        if (told && p->text.n > 0) {
            buf_addf(&out, " (%.*s)", STR_ARG(p->text));
        }
    }
    return buf_keep(&out, a);
}

static void write_cube(struct json_writer *w, const struct witnesses_cube *cube)
{
    json_object_begin(w);
    json_key(w, "choices");
    json_object_begin(w);
    for (size_t i = 0; i < cube->n; i++) {
        json_key_str(w, cube->at[i].name);
        json_array_begin(w);
        for (size_t v = 0; v < cube->at[i].n; v++) {
            json_str(w, cube->at[i].values[v]);
        }
        json_array_end(w);
    }
    json_object_end(w);
    json_key(w, "factTexts");
    json_object_begin(w);
    for (size_t i = 0; i < cube->n; i++) {
        if (cube->at[i].is_fact) {
            json_key_str(w, cube->at[i].name);
            json_str(w, cube->at[i].text);
        }
    }
    json_object_end(w);
    json_object_end(w);
}

void witnesses_json_array(struct json_writer *w, const struct witnesses *all)
{
    json_array_begin(w);
    for (size_t i = 0; i < all->n; i++) {
        write_cube(w, &all->at[i]);
    }
    json_array_end(w);
}

void witnesses_json_members(struct json_writer *w, const struct witnesses *all)
{
    if (all == NULL) {
        return;
    }
    json_key(w, "witnesses");
    witnesses_json_array(w, all);
    json_member_bool(w, "moreWitnesses", all->more);
}
