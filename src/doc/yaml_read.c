/*
 * The YAML reader: libyaml's event loop, stopped at the first fault. Its scanner
 * takes quadratic time in the depth of brackets, but looks ahead at most 1024
 * characters of one line for a ':' (YAML 1.1, simple keys), so a bound on the
 * depth of events bounds it: 200,000 '[' end after some 1,200 of them, and no
 * count of brackets in front could refuse a good template by mistake.
 */
#include "doc/yaml_node.h"

#include "base/limits.h"
#include "doc/yaml_fault.h"
#include "doc/yaml_whole.h"

static bool check_tag_lines(struct read_job *job)
{
    static const struct str word = {"%TAG", 4};
    size_t seen = 0;
    for (size_t at = job->begin; (at = str_find(job->bytes, word, at)) != STR_NPOS; at++) {
        unsigned char before = at > job->begin ? (unsigned char)job->bytes.p[at - 1] : '\n';
        bool starts_line = before == '\n' || before == '\r' || before >= 0x80;
        if (starts_line && ++seen > LIMIT_TAG_LINES) {
            return read_fail(job, DIAG_LIMIT, (uint32_t)at, (uint32_t)(at + word.n),
                             str_format(job->scratch,
                                        "The document has more than %d '%%TAG' lines, the limit.",
                                        (int)LIMIT_TAG_LINES));
        }
    }
    return true;
}

static bool begin_document(struct yaml_read *y, const yaml_event_t *event)
{
    if (!y->build.root) {
        return true;
    }
    uint32_t at = yaml_place_at(&y->place, event->start_mark.index);
    return read_fail(y->job, DIAG_SYNTAX, at, at + read_found_size(y->job, at),
                     STR("A second document begins here; a file must hold exactly one."));
}

/* "---" with nothing behind it is a document of one empty scalar. */
static bool end_stream(struct yaml_read *y)
{
    const struct doc_node *root = y->build.root;
    bool empty = !root || (root->kind == DOC_SCALAR && root->style == DOC_PLAIN &&
                           root->text.n == 0 && span_is_none(doc_tag_span(root)));
    return !empty || read_fail(y->job, DIAG_SYNTAX, y->job->begin, y->job->begin, READ_EMPTY);
}

static bool take(struct yaml_read *y, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return yaml_node_scalar(y, event);
    case YAML_ALIAS_EVENT:
        return yaml_node_alias(y, event);
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        return yaml_node_open(y, event);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        return yaml_node_close(y, event);
    case YAML_DOCUMENT_START_EVENT:
        return begin_document(y, event);
    case YAML_STREAM_END_EVENT:
        return end_stream(y);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    BUG("no such event: %d", (int)event->type);
}

static bool read_events(struct yaml_read *y, yaml_parser_t *parser)
{
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            return yaml_fault(y->job, &y->place, parser);
        }
        bool done = event.type == YAML_STREAM_END_EVENT;
        bool ok = take(y, &event);
        yaml_event_delete(&event);
        if (done || !ok) {
            return ok;
        }
    }
}

bool yaml_read(struct read_job *job)
{
    if (!check_tag_lines(job)) {
        return false;
    }
    struct yaml_read y = {.job = job, .last_end = job->begin};
    build_init(&y.build, job);
    yaml_place_init(&y.place, job->bytes, job->begin, job->survey.is_ascii);

    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        bug_no_memory();
    }
    struct yaml_whole whole;
    yaml_whole_begin(&whole, &parser, job);
    bool ok = read_events(&y, &parser);
    yaml_whole_end(&whole, &parser);
    yaml_parser_delete(&parser);

    job->root = ok ? y.build.root : NULL;
    job->nodes = y.build.nodes;
    return ok;
}
