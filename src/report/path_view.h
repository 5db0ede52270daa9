/*
 * The answer to "can this be reached from there": each way with what decides at every step,
 * or all that blocks (the command `path`).
 */
#ifndef CFNREACH_REPORT_PATH_VIEW_H
#define CFNREACH_REPORT_PATH_VIEW_H

#include "reach/assume.h"
#include "report/path_words.h"

struct path_question {
    struct str from; /* as it was asked */
    struct str to;
    enum world_edge edge;    /* without senders */
    uint32_t gateway;        /* index: only through this; WORLD_NONE: any of the edge */
    const uint32_t *senders; /* interfaces inside the template; none: from beyond the edge */
    size_t sender_n;
    const uint32_t *targets; /* interfaces */
    size_t target_n;
    int protocol; /* PROTOCOL_ALL: tcp or udp */
    struct ports ports;
};

struct path_way {
    const char *edge;     /* "internet"; "local" inside a VPC */
    struct str component; /* "" : none, or outside the templates */
    struct str sender;    /* interface; "" from beyond an edge */
    struct str interface;
    unsigned families;
    int protocol;
    struct ports ports;
    struct reach_judgement judgement;
    const char *exposure; /* "world", or "" where that says nothing */
    const struct finding_choice *witness;
    size_t witness_n;
    const struct finding_step *steps; /* there */
    size_t step_n;
    const struct finding_step *back; /* what decides about the replies */
    size_t back_n;
};

struct path_blocker {
    const char *conjunct;
    struct str component;
    struct str type;
    struct span at;
    struct path_reason reason;
    bool alone;
    bool joint;
};

/* One pair that is blocked. */
struct path_blocked {
    struct str sender; /* "" from beyond an edge */
    struct str interface;
    VEC(struct path_blocker) blockers;
    struct assumed assumed; /* what it is blocked by only because of --assume */
};

struct path_view {
    const struct analysis *analysis;
    struct path_question question;
    enum reach_verdict verdict; /* the highest of the ways; REACH_BLOCKED: none */
    VEC(struct path_way) ways;
    VEC(struct path_blocked) blocked;
};

/* The analysis must have reached its flows. */
struct path_view path_view(struct arena *a, const struct analysis *n,
                           const struct path_question *q);

/* The edge that a gateway of this kind is a component of; EDGE_COUNT: it lets nothing in. */
enum world_edge path_edge_of(enum world_gateway_kind kind);

#endif
