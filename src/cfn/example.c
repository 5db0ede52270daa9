/*
 * Making an example: each unknown part takes a few texts in turn that could complete an address
 * block, and the first whole that is a public block is the example. All unknown parts but the
 * last take the same text, so that the number of tries does not grow with the number of parts.
 */
#include "cfn/example.h"

#include "cfn/cidr_block.h"

/* What an unknown part can be: groups of an address, or an address, or what follows one.
 * 8.0.0.0/8 and 2600::/16 are public (IANA address space registries). */
static const struct str parts_v4[] = {
    {"8", 1},  {"8.8.8.0", 7}, {"8.8.8.8", 7},  {"8.8", 3},         {"8.8.8", 5}, {"8.0.0.0", 7},
    {"8.", 2}, {"8.8.", 4},    {"", 0},         {"/32", 3},         {"32", 2},    {"8/32", 4},
    {"0", 1},  {"8.8/32", 6},  {"8.8.8/32", 8}, {"8.8.8.8/32", 10},
};
static const struct str parts_v6[] = {
    {"2600", 4},      {"2600:", 5},  {"2600::", 6}, {"8", 1},       {"8:8", 3},
    {"8:8:8", 5},     {"8::", 3},    {"", 0},       {"/64", 3},     {"::/64", 5},
    {"64", 2},        {"8::/64", 6}, {"0", 1},      {"8:8:8:8", 7}, {"2600:8:8:8:8:8:8:8", 18},
    {"2600::/64", 9},
};

struct network {
    uint32_t first;
    uint8_t bits;
};

/* IPv4 networks that no packet from the internet comes from (RFC 6890). */
static const struct network not_public[] = {
    {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},
    {0xa9fe0000, 16}, {0xac100000, 12}, {0xc0a80000, 16}, {0xe0000000, 3},
};

static bool is_public(const struct cidr_block *block)
{
    if (block->is_v6) {
        bool is_documentation = block->high >> 32 == 0x20010db8; /* RFC 3849 */
        return block->high >> 61 == 1 && !is_documentation;      /* 2000::/3 */
    }
    for (size_t i = 0; i < sizeof not_public / sizeof not_public[0]; i++) {
        uint64_t differing = (block->low ^ not_public[i].first) >> (32 - not_public[i].bits);
        if (block->bits >= not_public[i].bits && differing == 0) {
            return false;
        }
    }
    return true;
}

struct maker {
    const struct cfn_term *joined;
    size_t last; /* index of the last part that is not known */
    size_t gaps;
    bool is_v6;
    cfn_admits *admits;
    struct buf text;
};

enum { LONGEST = 60 }; /* no address block has more letters */

/* The text with `each` in every gap but the last, which takes `last`; is it a public block? */
static bool fits(struct maker *m, struct str each, struct str last)
{
    struct cidr_block block;
    buf_clear(&m->text);
    for (size_t i = 0; i < m->joined->part_n && m->text.n <= LONGEST; i++) {
        const struct cfn_term *part = &m->joined->parts[i];
        buf_add(&m->text, part->kind == CFN_TEXT ? part->text : i == m->last ? last : each);
    }
    if (m->text.n > LONGEST || !cidr_block_parse(buf_str(&m->text), &block) ||
        block.is_v6 != m->is_v6 || !is_public(&block)) {
        return false;
    }
    for (size_t i = 0; i < m->joined->part_n; i++) {
        const struct cfn_term *part = &m->joined->parts[i];
        if (part->kind != CFN_TEXT && !m->admits(part, i == m->last ? last : each)) {
            return false;
        }
    }
    return true;
}

static bool look(struct maker *m, const struct str *texts, size_t n)
{
    for (size_t i = 0; i < (m->gaps > 1 ? n : 1); i++) {
        for (size_t k = 0; k < n; k++) {
            if (fits(m, texts[i], texts[k])) {
                return true;
            }
        }
    }
    return false;
}

bool cfn_example(const struct cfn_term *joined, bool is_v6, cfn_admits *admits, struct str *out)
{
    struct maker m = {.joined = joined, .is_v6 = is_v6, .admits = admits};
    size_t known = 0;
    for (size_t i = 0; i < joined->part_n; i++) {
        if (joined->parts[i].kind == CFN_TEXT) {
            known += joined->parts[i].text.n;
        } else {
            m.last = i;
            m.gaps++;
        }
    }
    if (m.gaps == 0 || known > LONGEST || joined->part_n > LONGEST) {
        return false;
    }
    buf_init(&m.text);
    bool found = is_v6 ? look(&m, parts_v6, sizeof parts_v6 / sizeof parts_v6[0])
                       : look(&m, parts_v4, sizeof parts_v4 / sizeof parts_v4[0]);
    if (found) {
        *out = str_copy(joined->home->unit->arena, buf_str(&m.text));
    }
    buf_release(&m.text);
    return found;
}
