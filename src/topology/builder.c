/*
 * The context of a build: elements are added together with their origin and with the site
 * record that later passes need; VPCs that prove to be one are united; notes are said once.
 */
#include "topology/builder.h"

#include "base/limits.h"
#include "doc/path.h"

/* ---- slots ---------------------------------------------------------------------------- */

struct slot *builder_slot(struct builder *b, const struct cfn_resource *r)
{
    struct slot *s = map_get(&b->by_resource, (struct str){(const char *)&r, sizeof r});
    if (!s) {
        BUG("a resource of another unit");
    }
    return s;
}

struct str builder_name(struct builder *b, struct str owner, const char *suffix)
{
    return str_format(b->arena, "%.*s%s", STR_ARG(owner), suffix);
}

/* ---- origins -------------------------------------------------------------------------- */

void builder_origin(struct builder *b, uint32_t id, struct topology_origin origin)
{
    while (b->t->origins.n <= id) {
        *VEC_ADD(b->arena, &b->t->origins) =
            (struct topology_origin){.type = "", .at = SPAN_NONE, .block = SPAN_NONE};
    }
    b->t->origins.at[id] = origin;
}

uint32_t builder_new_id(struct builder *b, struct topology_origin origin)
{
    uint32_t id = world_next_id(b->world);
    builder_origin(b, id, origin);
    return id;
}

static struct span resource_block(const struct cfn_resource *r)
{
    struct span key = doc_full_span(r->key);
    struct span body = doc_full_span(r->node);
    return (struct span){key.source, key.begin, body.end > key.end ? body.end : key.end};
}

struct topology_origin origin_resource(struct builder *b, const struct cfn_resource *r)
{
    const struct family *family = builder_slot(b, r)->family;
    return (struct topology_origin){
        .resource = r,
        .type = family ? family->type : str_to_c(b->arena, r->type),
        .name = cfn_resource_name(r),
        .at = doc_full_span(r->key),
        .block = resource_block(r),
        .node = r->key,
    };
}

struct topology_origin origin_value(struct builder *b, const struct cfn_resource *r,
                                    const struct cfn_term *term)
{
    struct topology_origin o = origin_resource(b, r);
    if (!term || !term->node) {
        return o;
    }
    o.at = doc_full_span(term->node);
    o.node = term->node;
    o.literal = term->literal != term->node ? term->literal : NULL;
    o.parameter = term->parameter;
    if (!o.parameter && term->kind == CFN_UNKNOWN && term->unknown) {
        o.parameter = term->unknown->parameter;
    }
    return o;
}

struct topology_origin origin_implicit(struct builder *b, const struct cfn_resource *r,
                                       const char *type)
{
    struct topology_origin o = {.type = type, .implicit = true, .at = SPAN_NONE};
    o.block = SPAN_NONE;
    if (r) {
        o = origin_resource(b, r);
        o.type = type;
        o.implicit = true;
    }
    return o;
}

struct topology_origin origin_outside(const struct cfn_term *term, const char *type)
{
    struct topology_origin o = {.type = type, .outside = true, .at = SPAN_NONE};
    o.block = SPAN_NONE;
    if (term && term->node) {
        o.at = doc_full_span(term->node);
        o.block = o.at;
        o.node = term->node;
        o.parameter = term->parameter;
    }
    return o;
}

/* ---- elements ------------------------------------------------------------------------- */

static void name_origin(struct builder *b, uint32_t id, struct str name,
                        struct topology_origin origin)
{
    origin.name = name;
    builder_origin(b, id, origin);
}

uint32_t builder_add_vpc(struct builder *b, struct str name, enum standing standing,
                         struct topology_origin origin)
{
    uint32_t index = world_add_vpc(b->world, name);
    name_origin(b, b->world->vpcs.at[index].id, name, origin);
    *VEC_ADD(b->arena, &b->vpcs) = (struct vpc_site){
        .standing = standing,
        .same_as = index,
        .has6 = standing == STANDS_INSIDE ? GUARD_FALSE : GUARD_TRUE,
        .table = WORLD_NONE,
        .acl = WORLD_NONE,
        .group = WORLD_NONE,
        .gateway = WORLD_NONE,
        .resource = origin.outside ? NULL : origin.resource,
    };
    return index;
}

uint32_t builder_add_subnet(struct builder *b, struct str name, uint32_t vpc,
                            struct topology_origin origin)
{
    uint32_t index = world_add_subnet(b->world, name, vpc);
    name_origin(b, b->world->subnets.at[index].id, name, origin);
    *VEC_ADD(b->arena, &b->subnets) = (struct subnet_site){
        .subject = name,
        .outside = origin.outside,
        .public4_id = WORLD_NONE,
        .resource = origin.resource,
    };
    return index;
}

uint32_t builder_add_table(struct builder *b, struct str name, uint32_t vpc,
                           struct topology_origin origin)
{
    uint32_t index = world_add_table(b->world, name, vpc);
    name_origin(b, b->world->tables.at[index].id, name, origin);
    return index;
}

uint32_t builder_add_acl(struct builder *b, struct str name, struct topology_origin origin)
{
    uint32_t index = world_add_acl(b->world, name);
    name_origin(b, b->world->acls.at[index].id, name, origin);
    return index;
}

uint32_t builder_add_gateway(struct builder *b, struct str name, enum world_gateway_kind kind,
                             struct topology_origin origin)
{
    uint32_t index = world_add_gateway(b->world, name, kind);
    b->world->gateways.at[index].outside = origin.outside;
    name_origin(b, b->world->gateways.at[index].id, name, origin);
    return index;
}

uint32_t builder_add_group(struct builder *b, struct str name, uint32_t vpc,
                           struct topology_origin origin)
{
    uint32_t index = world_add_group(b->world, name, vpc);
    name_origin(b, b->world->groups.at[index].id, name, origin);
    *VEC_ADD(b->arena, &b->groups) =
        (struct group_site){.outside = origin.outside, .resource = origin.resource};
    return index;
}

uint32_t builder_add_owner(struct builder *b, const struct cfn_resource *r)
{
    struct str name = cfn_resource_name(r);
    uint32_t index = world_add_owner(b->world, name, r->type);
    name_origin(b, b->world->owners.at[index].id, name, origin_resource(b, r));
    return index;
}

uint32_t builder_add_interface(struct builder *b, struct str name, uint32_t owner,
                               struct topology_origin origin)
{
    uint32_t index = world_add_interface(b->world, name, owner);
    name_origin(b, b->world->interfaces.at[index].id, name, origin);
    return index;
}

/* ---- VPCs that are one ---------------------------------------------------------------- */

uint32_t builder_vpc_root(const struct builder *b, uint32_t vpc)
{
    while (vpc != WORLD_NONE && b->vpcs.at[vpc].same_as != vpc) {
        vpc = b->vpcs.at[vpc].same_as;
    }
    return vpc;
}

void builder_unite(struct builder *b, uint32_t x, uint32_t y)
{
    if (x == WORLD_NONE || y == WORLD_NONE) {
        return;
    }
    x = builder_vpc_root(b, x);
    y = builder_vpc_root(b, y);
    if (x == y) {
        return;
    }
    /* y moves into x: the one that stands firmer stays, then the one that came first. */
    enum standing sx = b->vpcs.at[x].standing;
    enum standing sy = b->vpcs.at[y].standing;
    if (sy > sx || (sy == sx && y < x)) {
        uint32_t swap = x;
        x = y;
        y = swap;
    }
    /* A VPC of the templates is never one that they take by parameter: such a link comes from
     * two conditions that do not match, and is an error of deployment there. */
    if (b->vpcs.at[x].standing == STANDS_INSIDE && b->vpcs.at[y].standing != STANDS_PLACEHOLDER) {
        return;
    }
    b->vpcs.at[y].same_as = x;
}

/* ---- facts and choices ---------------------------------------------------------------- */

/* The first of "S", "S'", "S''" ... that is free, or is a fact of the same kind. */
static struct str settle_subject(struct builder *b, enum world_fact fact, struct str subject,
                                 bool is_choice)
{
    void *yes_no = &b->subjects; /* two marks that differ; nothing reads what they point to */
    void *choice = &b->choices;
    for (;;) {
        struct str key = str_format(b->arena, "%s(%.*s)", world_fact_name(fact), STR_ARG(subject));
        void **mark = map_at(&b->subjects, key);
        if (!*mark) {
            *mark = is_choice ? choice : yes_no;
            return subject;
        }
        if (!is_choice && *mark == yes_no) {
            return subject;
        }
        subject = builder_name(b, subject, "'");
    }
}

struct guard builder_fact(struct builder *b, enum world_fact fact, struct str subject)
{
    return world_fact(b->world, fact, settle_subject(b, fact, subject, false));
}

static const struct str CHOICE_LABELS[2] = {
    {"another value", sizeof "another value" - 1},
    {"a value that admits it", sizeof "a value that admits it" - 1},
};

struct guard builder_choice(struct builder *b, const struct cfn_term *term)
{
    const struct cfn_parameter *p =
        term->kind == CFN_UNKNOWN && term->unknown ? term->unknown->parameter : NULL;
    if (p && p->var != GUARD_NO_OUTCOME && guard_mentions(b->space, term->when, p->var)) {
        return GUARD_TRUE;
    }
    struct str text = cfn_text_of(b->arena, term);
    void **known = map_at(&b->choices, text);
    if (!*known) {
        uint32_t *var = ARENA_NEW(b->arena, uint32_t);
        *var = guard_add(b->space, (struct guard_variable){
                                       .name = text,
                                       .labels = CHOICE_LABELS,
                                       .outcomes = 2,
                                       .standard = GUARD_NO_OUTCOME,
                                       .doubt = GUARD_LOW,
                                       .rank = RANK_PARAMETER,
                                       .doubts_rule = true,
                                   });
        *known = var;
    }
    const uint32_t *var = *known;
    return guard_is(b->space, *var, 1);
}

struct guard builder_given(const struct builder *b, const struct cfn_resource *r, const char *key)
{
    struct guard any = GUARD_FALSE;
    struct cfn_value v = cfn_property(r, key);
    FOREACH_TERM (term, v) {
        if (term->kind != CFN_NONE) {
            any = either(b, any, term->when);
        }
    }
    return any;
}

struct guard builder_nonzero(const struct builder *b, struct cfn_value v, struct guard when)
{
    FOREACH_TERM (term, v) {
        int64_t number;
        if (cfn_integer(term, &number) && number == 0) {
            when = without(b, when, term->when);
        }
    }
    return when;
}

/* ---- hits ----------------------------------------------------------------------------- */

struct guard hits_any(const struct builder *b, const struct hits *hits)
{
    struct guard any = GUARD_FALSE;
    for (size_t i = 0; i < hits->n; i++) {
        any = either(b, any, hits->at[i].when);
    }
    return any;
}

void hits_add(struct builder *b, struct hits *hits, struct guard when, uint32_t index,
              const struct cfn_term *term)
{
    if (!guard_is_false(when)) {
        *VEC_ADD(b->arena, hits) = (struct hit){.when = when, .index = index, .term = term};
    }
}

void hits_merge(struct builder *b, struct hits *hits)
{
    if (hits->n < 2) {
        return;
    }
    struct arena scratch = {0};
    struct map first; /* bytes of the index -> hit */
    map_init(&first, &scratch);
    uint32_t *keys = ARENA_ARRAY(&scratch, hits->n, uint32_t);
    size_t n = 0;
    for (size_t i = 0; i < hits->n; i++) {
        struct hit h = hits->at[i];
        keys[i] = h.index;
        void **kept = map_at(&first, (struct str){(const char *)&keys[i], sizeof keys[i]});
        struct hit *earlier = *kept;
        if (earlier) {
            earlier->when = either(b, earlier->when, h.when);
            continue;
        }
        hits->at[n] = h;
        *kept = &hits->at[n++];
    }
    hits->n = n;
    arena_release(&scratch);
}

static bool overlap(struct builder *b, const struct hits *hits)
{
    struct guard before = GUARD_FALSE;
    for (size_t i = 0; i < hits->n; i++) {
        if (!guard_disjoint(b->space, before, hits->at[i].when)) {
            return true;
        }
        before = either(b, before, hits->at[i].when);
    }
    return false;
}

static size_t distinct(const struct hits *hits, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < hits->n && n <= most; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++) {
            seen = guard_same(hits->at[k].when, hits->at[i].when);
        }
        n += !seen;
    }
    return n;
}

/* The exact form: what the choice names, else the first that is there. */
static void choose_exactly(struct builder *b, struct hits *hits, uint32_t var)
{
    struct guard left = hits_any(b, hits);
    struct guard *mine = ARENA_ARRAY(b->arena, hits->n, struct guard);
    for (size_t i = 0; i < hits->n; i++) {
        mine[i] = both(b, hits->at[i].when, guard_is(b->space, var, (uint32_t)i));
        left = without(b, left, mine[i]);
    }
    for (size_t i = 0; i < hits->n; i++) {
        struct guard more = both(b, left, hits->at[i].when);
        hits->at[i].when = either(b, mine[i], more);
        left = without(b, left, more);
    }
}

/* Which of many independent guards hold is a table with a row for each subset, so beyond a few
 * the choice is exact only where it names what is there, and possible at most. */

bool hits_contend(struct builder *b, struct hits *hits, enum world_fact fact, struct str subject,
                  const struct str *labels, struct span at)
{
    if (!overlap(b, hits)) {
        return false;
    }
    int most = 0; /* the limit that was met */
    if (hits->n > LIMIT_OUTCOMES) {
        most = LIMIT_OUTCOMES;
        hits->n = LIMIT_OUTCOMES;
    }
    uint32_t var = world_choice_fact(b->world, fact, settle_subject(b, fact, subject, true), labels,
                                     (uint32_t)hits->n);
    if (distinct(hits, LIMIT_CONTENDING) <= LIMIT_CONTENDING) {
        choose_exactly(b, hits, var);
    } else {
        most = LIMIT_CONTENDING;
        struct guard budget = guard_budget(b->space);
        for (size_t i = 0; i < hits->n; i++) {
            struct guard here = both(b, budget, guard_is(b->space, var, (uint32_t)i));
            hits->at[i].when = both(b, hits->at[i].when, here);
        }
    }
    if (most > 0) {
        diag_add(b->unit->diags, DIAG_BUDGET, at,
                 "'%.*s' has too many alternatives under too many conditions (%s): more than %d, "
                 "the limit.",
                 STR_ARG(subject), world_fact_name(fact), most);
    }
    return true;
}

/* ---- budget ---------------------------------------------------------------------------- */

static const struct {
    int most;
    const char *what;
} combining_limits[] = {
    [COMBINING_RECORDS] = {LIMIT_ALTERNATIVES, "alternatives"},
    [COMBINING_RECORDS_TOTAL] = {LIMIT_RECORDS,
                                 "rules, routes and ACL entries in all templates together"},
    [COMBINING_STEPS] = {LIMIT_STEPS, "combinations of alternatives to look at"},
    [COMBINING_STEPS_TOTAL] = {LIMIT_STEPS_TOTAL, "combinations of alternatives to look at in all "
                                                  "templates together"},
};

/* Takes one of both counts, if there is any left of both. */
static bool take(struct combining *c, size_t *own, enum combining_limit own_limit, size_t *total,
                 enum combining_limit total_limit)
{
    if (c->over == COMBINING_WITHIN && *own >= (size_t)combining_limits[own_limit].most) {
        c->over = own_limit;
    } else if (c->over == COMBINING_WITHIN &&
               *total >= (size_t)combining_limits[total_limit].most) {
        c->over = total_limit;
    }
    if (c->over != COMBINING_WITHIN) {
        return false;
    }
    (*own)++;
    (*total)++;
    return true;
}

bool builder_step(struct builder *b, struct combining *c)
{
    return take(c, &c->steps, COMBINING_STEPS, &b->steps, COMBINING_STEPS_TOTAL);
}

bool builder_room(struct builder *b, struct combining *c)
{
    return take(c, &c->records, COMBINING_RECORDS, &b->records, COMBINING_RECORDS_TOTAL);
}

bool builder_gave_up(struct builder *b, const struct cfn_resource *r, const struct doc_node *at,
                     const struct combining *c)
{
    if (c->over == COMBINING_WITHIN) {
        return false;
    }
    struct diag *d = diag_add(b->unit->diags, DIAG_BUDGET, doc_full_span(at ? at : r->key),
                              "There are more than %d %s, the limit; the others count as open.",
                              combining_limits[c->over].most, combining_limits[c->over].what);
    d->resource = cfn_resource_name(r);
    return true;
}

/* ---- notes ---------------------------------------------------------------------------- */

void builder_warn(struct builder *b, const struct cfn_resource *r, const struct doc_node *at,
                  struct str message)
{
    const struct doc_node *node = at ? at : r->key;
    struct diag *d =
        diag_add(b->unit->diags, DIAG_CONFIG, doc_full_span(node), "%.*s", STR_ARG(message));
    d->resource = cfn_resource_name(r);
    if (at) {
        d->property = doc_path(b->arena, r->node, at);
    }
}

void builder_unknown(struct builder *b, const char *what, const struct cfn_term *term,
                     struct str text, const char *rests_on)
{
    if (term->kind == CFN_UNKNOWN && term->unknown && term->unknown->why == CFN_WHY_FAULT) {
        return; /* an error says so already */
    }
    struct str key = str_format(b->arena, "%s %.*s", what, STR_ARG(text));
    void **said = map_at(&b->said, key);
    if (*said) {
        return;
    }
    *said = b;
    struct span at = term->node ? doc_full_span(term->node) : SPAN_NONE;
    diag_add(b->unit->diags, DIAG_UNKNOWN_VALUE, at,
             "The %s '%.*s' is known only after deployment; %s.", what, STR_ARG(text), rests_on);
}
