#include "policy/split.h"

#include "tests/check.h"

struct room {
    struct arena arena;
    struct source_set sources;
    struct diags diags;
    struct settings *settings;
};

static void open_room(struct room *r, const char *policy)
{
    *r = (struct room){.settings = NULL};
    source_set_init(&r->sources, &r->arena);
    diags_init(&r->diags, &r->arena);
    r->settings = settings_load(&r->arena, str_from(policy), &r->sources, &r->diags);
    assert_non_null(r->settings);
}

/* "22 80 range 0-65535(47)": recognized pieces by port, ranges with how much they list, and
 * "? 1-2" for what is not in the table. */
static struct str shown(struct room *r, struct pieces p)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < p.n; i++) {
        const struct piece *one = &p.at[i];
        buf_adds(&b, i == 0 ? "" : " ");
        if (one->kind == PIECE_RECOGNIZED) {
            assert_int_equal(one->n, 1);
            buf_addf(&b, "%u", one->ports.begin);
            if (one->ports.end != one->ports.begin) {
                buf_addf(&b, "-%u", one->ports.end);
            }
        } else {
            buf_addf(&b, "%s%u-%u", one->kind == PIECE_RANGE ? "range " : "?", one->ports.begin,
                     one->ports.end);
        }
        if (one->kind == PIECE_RANGE) {
            buf_addf(&b, "(%zu)", one->n);
        }
    }
    struct str s = str_copy(&r->arena, buf_str(&b));
    buf_release(&b);
    return s;
}

/* By the rules of SEMANTICS 5.3 and the table of 5.5, counted by hand. tcp of the table without
 * 21, 22, 23, 515, 3389: 80 443 445 137 139 389 636 3268 3269 111 2049 4045 1110 88 464 543 544
 * 749 751 135 530 1512 42 601 27017 27018 27019 28017 1433 3306 5432 1521 1630 9300 9200 are 35;
 * `inspector` adds 67 68 546 547. udp of `inspector` without 21 22 23 3389: 80 443 445 137 138
 * 389 111 2049 4045 1110 88 464 749 750 751 752 135 530 1512 42 67 68 546 547 514 1434 are 26. */
static void ranges_split_as_specified(void **state)
{
    (void)state;
    static const struct {
        const char *policy;
        int protocol;
        struct ports range;
        const char *pieces;
    } rows[] = {
        {"default", PROTOCOL_TCP, {22, 22}, "22"},
        {"default", PROTOCOL_UDP, {22, 22}, "?22-22"},
        {"inspector", PROTOCOL_UDP, {22, 22}, "22"},
        {"default", PROTOCOL_TCP, {8000, 8100}, "?8000-8100"},
        {"default", PROTOCOL_TCP, {20, 25}, "21 22 23"},
        {"default", PROTOCOL_TCP, {20, 80}, "21 22 23 42 80"},
        {"default", PROTOCOL_TCP, {80, 110}, "80 88"},
        {"default", PROTOCOL_TCP, {80, 111}, "80 88 111"}, /* three are still told one by one */
        {"default", PROTOCOL_TCP, {80, 135}, "range 80-135(4)"},
        {"default", PROTOCOL_TCP, {500, 600}, "515 530 543 544"},
        {"default", PROTOCOL_TCP, {500, 601}, "515 range 500-601(4)"},
        {"default", PROTOCOL_TCP, {0, 65535}, "21 22 23 515 3389 range 0-65535(35)"},
        {"inspector", PROTOCOL_TCP, {0, 65535}, "21 22 23 515 3389 range 0-65535(39)"},
        {"inspector", PROTOCOL_UDP, {0, 65535}, "21 22 23 3389 range 0-65535(26)"},
        {"default", PROTOCOL_TCP, {65535, 65535}, "?65535-65535"},
        {"default", PROTOCOL_TCP, {0, 0}, "?0-0"},
        {"default", PROTOCOL_TCP, {1, 0}, ""}, /* empty */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct room r;
        open_room(&r, rows[i].policy);
        struct pieces p = split_range(&r.arena, r.settings, rows[i].protocol, rows[i].range);
        assert_str(shown(&r, p), rows[i].pieces);
        arena_release(&r.arena);
    }
}

static void a_listed_range_is_cut_to_what_is_open(void **state)
{
    (void)state;
    struct ports range = {8000, 8100};
    struct ports inside = {8050, 8060};
    struct service web = {.key = STR("http"), .label = STR("web")};
    struct arena a = {0};
    *VEC_ADD(&a, &web.tcp) = range;
    *VEC_ADD(&a, &web.tcp) = inside; /* covered: not counted twice */
    struct settings s = {.arena = &a};
    *VEC_ADD(&a, &s.services) = web;
    struct pieces p = split_range(&a, &s, PROTOCOL_TCP, (struct ports){8055, 9000});
    assert_int_equal(p.n, 1);
    assert_int_equal(p.at[0].kind, PIECE_RECOGNIZED);
    assert_int_equal(p.at[0].ports.begin, 8055);
    assert_int_equal(p.at[0].ports.end, 8100);
    arena_release(&a);
}

static void the_whole_is_one_piece_whatever_is_in_it(void **state)
{
    (void)state;
    struct room r;
    open_room(&r, "default");
    struct piece p = split_whole(&r.arena, r.settings, PROTOCOL_TCP, PORTS_ALL);
    assert_int_equal(p.kind, PIECE_RANGE);
    assert_int_equal(p.n, 40); /* 35 and the five that else stand alone */
    assert_int_equal(p.at[0].ports.begin, 21);
    assert_int_equal(p.at[39].ports.begin, 28017);
    p = split_whole(&r.arena, r.settings, PROTOCOL_TCP, (struct ports){1, 2});
    assert_int_equal(p.n, 0);
    arena_release(&r.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_split_as_specified),
        cmocka_unit_test(a_listed_range_is_cut_to_what_is_open),
        cmocka_unit_test(the_whole_is_one_piece_whatever_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
