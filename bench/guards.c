/*
 * How large guards become: the largest of all flows of a template, and all of its unit, in
 * nodes of the diagrams.
 *
 *     guards TEMPLATE
 */
#include <stdio.h>

#include "analysis/analysis.h"
#include "base/file.h"
#include "base/limits.h"

int main(int argc, char **argv)
{
    struct arena a = {0};
    struct str bytes;
    if (argc != 2 ||
        file_read(&a, str_from(argv[1]), LIMIT_TEMPLATE_BYTES, &bytes).status != FILE_OK) {
        fprintf(stderr, "usage: guards TEMPLATE\n");
        return 2;
    }
    const struct analysis_options options = {.today = STR("2000-01-01")};
    const struct analysis *r = analysis_run(&a, str_from(argv[1]), bytes, &options);
    size_t largest = 0;
    for (size_t i = 0; i < r->answer.flow_n; i++) {
        size_t n = guard_size(r->unit->space, reach_guard(r->answer.flows[i].when));
        largest = n > largest ? n : largest;
    }
    printf("| %s | %zu flows | largest guard %zu nodes | all guards %zu nodes |\n", argv[1],
           r->answer.flow_n, largest, r->unit != NULL ? guard_total(r->unit->space) : 0);
    arena_release(&a);
    return 0;
}
