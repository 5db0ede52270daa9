/*
 * A known text is one prefix; an unknown one is what its candidates are, each under the
 * guard that says so.
 */
#include "topology/block.h"

#include "topology/own_address.h"

struct reading {
    const struct cfn_resource *resource; /* whose property it is */
    enum net_family family;
    struct blocks out;
};

static void add(struct builder *b, struct reading *r, struct block block)
{
    if (!guard_is_false(block.when)) {
        *VEC_ADD(b->arena, &r->out) = block;
    }
}

static void warn_of(struct builder *b, const struct reading *r, const struct cfn_term *term,
                    const char *what)
{
    struct str text = cfn_text_of(b->arena, term);
    builder_warn(b, r->resource, term->node,
                 str_format(b->arena, "The address block '%.*s' %s.", STR_ARG(text), what));
}

static void read_text(struct builder *b, struct reading *r, const struct cfn_term *term)
{
    struct block block = {.when = term->when, .term = term};
    unsigned flags = PREFIX_OK;
    if (!prefix_parse(term->text, &block.prefix, &flags)) {
        warn_of(b, r, term, "is not a CIDR; it is taken as one that is not known");
        block.when = both(b, block.when, builder_choice(b, term));
        block.prefix = (struct prefix){.family = r->family};
        block.free_text = true;
        add(b, r, block);
        return;
    }
    if (flags & PREFIX_NO_LENGTH) {
        warn_of(b, r, term, "has no prefix length; it is taken as one address");
    }
    if (block.prefix.family != r->family) {
        warn_of(b, r, term, "is of the other address family; it is read as what it is");
    }
    add(b, r, block);
}

static void read_candidates(struct builder *b, struct reading *r, const struct cfn_term *term)
{
    struct cfn_value candidates = cfn_candidates(term);
    struct cfn_term *known = NULL; /* node and parameter of the use, not of the candidate */
    FOREACH_TERM (c, candidates) {
        struct block block = {.when = c->when, .free_text = true};
        if (prefix_parse(c->text, &block.prefix, NULL) && block.prefix.family == r->family) {
            if (known == NULL) {
                known = ARENA_NEW(b->arena, struct cfn_term);
                *known = *term;
                known->literal = NULL;
            }
            block.term = known;
            add(b, r, block);
        }
    }
}

/* The resource of "Vpc.Ipv6CidrBlocks[0]": an element of an attribute that only deployment
 * knows is an unknown with that text. */
static const struct cfn_resource *owner_of(const struct cfn_term *term)
{
    if (term->kind == CFN_OBJECT) {
        return term->resource;
    }
    if (term->kind != CFN_UNKNOWN || term->unknown->parameter) {
        return NULL;
    }
    struct str text = term->unknown->text;
    size_t dot = str_find_byte(text, '.', 0);
    return dot == STR_NPOS ? NULL : cfn_resource_called(term->home->unit, str_sub(text, 0, dot));
}

/* The blocks that AWS gives to VPCs and subnets are identities that cover nothing else's
 * addresses (SEMANTICS 10.7). */
static bool is_own_block(struct builder *b, const struct cfn_term *term)
{
    const struct cfn_resource *r = owner_of(term);
    const struct slot *s = r ? builder_slot(b, r) : NULL;
    return s && s->family && (s->family->kind == SLOT_VPC || s->family->kind == SLOT_SUBNET);
}

static void read_term(struct builder *b, struct reading *r, const struct cfn_term *term)
{
    switch (term->kind) {
    case CFN_NONE:
    case CFN_LIST:
    case CFN_MAP:
        return;
    case CFN_TEXT:
        read_text(b, r, term);
        return;
    case CFN_OBJECT:
    case CFN_JOINED:
    case CFN_UNKNOWN:
        if (!is_own_block(b, term)) {
            read_candidates(b, r, term);
        }
        return;
    }
}

struct blocks block_read(struct builder *b, const struct cfn_resource *r, struct cfn_value v,
                         enum net_family family)
{
    struct reading reading = {.resource = r, .family = family};
    FOREACH_TERM (term, v) {
        if (own_address_read(b, term, &reading.out)) {
            continue;
        }
        size_t before = reading.out.n;
        read_term(b, &reading, term);
        bool open = term->kind == CFN_UNKNOWN || term->kind == CFN_JOINED;
        if (open && !is_own_block(b, term)) {
            builder_unknown(b, "address block", term, cfn_text_of(b->arena, term),
                            reading.out.n > before
                                ? "any source that its constraints allow is possible"
                                : "no public source is possible in it");
        }
    }
    return reading.out;
}
