#include "report/path_json.h"

#include "base/json_writer.h"
#include "report/json_flows.h"
#include "report/words.h"

static void write_place(struct json_writer *w, struct source_set *sources, struct span at)
{
    struct words_place p = words_place(sources, at);
    json_member_or_null(w, "file", p.begin.line ? p.file : STR(""));
    if (p.begin.line) {
        json_member_int(w, "line", p.begin.line);
        json_member_int(w, "column", p.begin.column);
    }
}

static void write_flag(struct json_writer *w, const char *key, bool value)
{
    json_key(w, key);
    json_boolean(w, value);
}

static void write_steps(struct json_writer *w, struct source_set *sources, const char *key,
                        const struct finding_step *steps, size_t n)
{
    json_key(w, key);
    json_array_begin(w);
    for (size_t i = 0; i < n; i++) {
        json_object_begin(w);
        json_member(w, "componentId", steps[i].component);
        json_member(w, "componentType", steps[i].type);
        write_flag(w, "implicit", steps[i].implicit);
        json_member(w, "message", steps[i].text);
        write_place(w, sources, steps[i].at);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_ports(struct json_writer *w, int protocol, struct ports ports)
{
    json_member_c(w, "protocol", protocol == PROTOCOL_ALL ? "any" : protocol_name(protocol));
    json_member_int(w, "portBegin", ports.begin);
    json_member_int(w, "portEnd", ports.end);
}

static void write_way(struct json_writer *w, struct source_set *sources, const struct path_way *x)
{
    json_object_begin(w);
    json_member_c(w, "edge", x->edge);
    json_member_or_null(w, "edgeComponent", x->component);
    json_member_or_null(w, "sender", x->sender);
    json_member(w, "interface", x->interface);
    json_write_families(w, x->families);
    write_ports(w, x->protocol, x->ports);
    json_member_c(w, "verdict", reach_verdict_name(x->judgement.verdict));
    json_member_c(w, "confidence", words_confidence(x->judgement.doubt));
    json_member_or_null(w, "exposure", str_from(x->exposure));
    json_write_witness(w, x->witness, x->witness_n);
    write_steps(w, sources, "path", x->steps, x->step_n);
    write_steps(w, sources, "back", x->back, x->back_n);
    json_object_end(w);
}

static void write_blocker(struct json_writer *w, struct source_set *sources,
                          const struct path_blocker *x)
{
    json_object_begin(w);
    json_member_c(w, "conjunct", x->conjunct);
    json_member_or_null(w, "componentId", x->component);
    json_member_or_null(w, "componentType", x->type);
    json_member(w, "message", x->reason.text);
    json_member_or_null(w, "code", str_from(x->reason.code));
    json_member(w, "change", x->reason.change);
    write_flag(w, "alone", x->alone);
    write_flag(w, "joint", x->joint);
    write_place(w, sources, x->at);
    json_object_end(w);
}

static void write_blocked(struct json_writer *w, struct source_set *sources, struct arena *scratch,
                          const struct path_blocked *b)
{
    json_object_begin(w);
    json_member_or_null(w, "sender", b->sender);
    json_member(w, "interface", b->interface);
    json_key(w, "blockers");
    json_array_begin(w);
    for (size_t i = 0; i < b->blockers.n; i++) {
        write_blocker(w, sources, &b->blockers.at[i]);
    }
    json_array_end(w);
    json_write_assumed(w, scratch, b->assumed);
    json_object_end(w);
}

void path_json_write(const struct path_view *v, struct source_set *sources, struct buf *out)
{
    struct json_writer w;
    struct arena scratch = {0};
    json_begin(&w, out, 2);
    json_object_begin(&w);
    json_member_c(&w, "schema", "cfnreach-path/1");
    json_member(&w, "from", v->question.from);
    json_member(&w, "to", v->question.to);
    write_ports(&w, v->question.protocol, v->question.ports);
    json_member_c(&w, "verdict", reach_verdict_name(v->verdict));
    json_key(&w, "ways");
    json_array_begin(&w);
    for (size_t i = 0; i < v->ways.n; i++) {
        write_way(&w, sources, &v->ways.at[i]);
    }
    json_array_end(&w);
    json_key(&w, "blocked");
    json_array_begin(&w);
    for (size_t i = 0; i < v->blocked.n; i++) {
        write_blocked(&w, sources, &scratch, &v->blocked.at[i]);
    }
    json_array_end(&w);
    json_object_end(&w);
    buf_addc(out, '\n');
    arena_release(&scratch);
}
