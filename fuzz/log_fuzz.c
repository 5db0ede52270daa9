/*
 * Logs of earlier runs: any bytes are a baseline or a reason why they are none, whatever they say
 * of the findings of a run is printed as a log that is a baseline again, and logs that can be
 * merged (a zero byte stands between two) give one that merging does not change.
 */
#include "base/utf8.h"
#include "fuzz/reading.h"
#include "policy/baseline.h"
#include "report/report.h"

enum { MOST_LOGS = 3 };

/* One of ours, analysed once; the states of its findings change with each baseline. */
static struct analysis *known_analysis(void)
{
    static struct arena a;
    static struct analysis *r;
    if (r == NULL) {
        struct analysis_options options = {.settings = policy_default(),
                                           .today = STR("2026-01-01")};
        r = analysis_run(&a, STR("t.yaml"), str_from(open_instance), &options);
        REQUIRE(r->findings->all.n > 0);
    }
    return r;
}

static void reason_check(struct str why)
{
    REQUIRE(why.n > 0);
    REQUIRE(utf8_bad(why) == STR_NPOS);
}

/* Text in UTF-8, JSON to its end, and one run of this tool. */
static void log_check(struct str log)
{
    struct arena a = {0};
    struct sarif_old_log old = {0};
    struct str why = STR("");
    bool is_log = sarif_read(&a, log, "cfnreach", &old, &why);
    REQUIRE(is_log);
    arena_release(&a);
}

static void mark(struct analysis *r, struct baseline *b)
{
    baseline_settings(b, policy_default());
    baseline_file(b, STR("t.yaml"));
    for (size_t i = 0; i < baseline_file_count(b); i++) {
        if (str_ends(baseline_file_uri(b, i), STR("x"))) {
            baseline_incomplete(b, baseline_file_uri(b, i));
        } else if (str_ends(baseline_file_uri(b, i), STR("y"))) {
            baseline_exists(b, i);
        }
    }
    for (size_t i = 0; i < r->findings->all.n; i++) {
        baseline_mark(b, &r->findings->all.at[i], STR("t.yaml"));
        REQUIRE(r->findings->all.at[i].baseline != BASELINE_NONE);
    }
}

static void baseline_check(struct str bytes)
{
    struct arena a = {0};
    struct str why = STR("");
    struct baseline *b = baseline_read(&a, bytes, &why);
    if (b == NULL) {
        reason_check(why);
        arena_release(&a);
        return;
    }
    struct analysis *r = known_analysis();
    mark(r, b);
    struct report_options o = {
        .root = STR("/work"), .cwd = STR("/work"), .settings = policy_default(), .baseline = b};
    for (size_t i = 0; i < report_format_count; i++) {
        bool shows_absent = str_is(STR("sarif"), report_formats[i]->name) ||
                            str_is(STR("json"), report_formats[i]->name) ||
                            str_is(STR("text"), report_formats[i]->name);
        if (!shows_absent) {
            continue;
        }
        struct reading reading;
        reading_begin(&reading);
        struct report *report = report_begin(&reading.arena, report_formats[i], o);
        report_add(report, r, NULL);
        report_end(report, &reading.diags, &reading.sources, 0);
        if (str_is(STR("sarif"), report_formats[i]->name)) {
            log_check(buf_str(&report->out));
            b = baseline_read(&a, buf_str(&report->out), &why);
            REQUIRE(b != NULL);
        }
        report_release(report);
        reading_end(&reading);
    }
    arena_release(&a);
}

static void merge_check(struct str bytes)
{
    struct arena a = {0};
    struct str logs[MOST_LOGS];
    size_t n = 0;
    for (size_t at = 0; n < MOST_LOGS && at <= bytes.n; n++) {
        size_t end = n + 1 < MOST_LOGS ? str_find_byte(bytes, 0, at) : bytes.n;
        logs[n] = str_sub(bytes, at, end);
        at = end == STR_NPOS ? bytes.n + 1 : end + 1;
    }
    struct buf out;
    struct buf again;
    buf_init(&out);
    buf_init(&again);
    struct str why = STR("");
    int code = 0;
    size_t bad = SIZE_MAX;
    if (sarif_merge(&a, logs, n, "cfnreach", &out, &code, &bad, &why)) {
        log_check(buf_str(&out));
        struct str once = buf_str(&out);
        int code_again = 0;
        bool merges = sarif_merge(&a, &once, 1, "cfnreach", &again, &code_again, &bad, &why);
        REQUIRE(merges);
        REQUIRE(code_again == code);
        REQUIRE(str_eq(once, buf_str(&again)));
    } else {
        reason_check(why);
        REQUIRE(bad < n);
    }
    buf_release(&out);
    buf_release(&again);
    arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    baseline_check(input_text(data, size));
    merge_check(input_text(data, size));
    return 0;
}
