/*
 * The resolver: parameters, conditions and every property of any document. The alternatives of
 * a value exclude one another and hold only where they were asked for.
 */
#include "base/limits.h"
#include "cfn/value.h"
#include "fuzz/reading.h"

enum { MOST_PAIRS = 16 };

static void value_check(struct guard_space *space, struct cfn_value v, struct guard when)
{
    for (size_t i = 0; i < v.n && i < MOST_PAIRS; i++) {
        REQUIRE(guard_implies(space, v.at[i].when, when));
        for (size_t k = 0; k < i; k++) {
            REQUIRE(guard_disjoint(space, v.at[i].when, v.at[k].when));
        }
    }
}

static void resource_check(struct cfn_unit *u, const struct cfn_resource *r)
{
    if (r->properties == NULL || r->properties->kind != DOC_MAP) {
        return;
    }
    for (uint32_t i = 0; i < r->properties->n; i++) {
        struct cfn_value v = cfn_eval(r->home, r->properties->entries[i].value, r->when);
        /* A spent budget yields a guard of its own, which is no subset of anything. */
        if (!guard_exceeded(u->space) && u->diags->errors == 0) {
            value_check(u->space, v, r->when);
        }
        struct cfn_value items = cfn_items(v);
        for (size_t k = 0; k < items.n && k < MOST_PAIRS; k++) {
            REQUIRE(cfn_compare(&items.at[k], &items.at[k]) != CFN_DIFFERENT);
        }
    }
}

static void unit_check(struct reading *r, const struct doc *doc)
{
    struct cfn_unit *u =
        cfn_unit_new(&r->arena, &r->sources, &r->diags, (struct cfn_options){.region = STR("")});
    struct cfn_template *t = cfn_add(u, doc, STR(""));
    if (t == NULL) {
        return;
    }
    cfn_seal(u);
    for (size_t i = 0; i < t->resources.n; i++) {
        resource_check(u, t->resources.at[i]);
    }
    struct buf out;
    buf_init(&out);
    cfn_dump(u, &out);
    buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reading r;
    reading_begin(&r);
    struct source *src = source_add(&r.sources, STR("t.yaml"), input_text(data, size));
    struct doc *doc = doc_read(&r.arena, src, LIMIT_TEMPLATE_BYTES, &r.diags);
    if (doc->root != NULL) {
        unit_check(&r, doc);
    }
    reading_end(&r);
    return 0;
}
