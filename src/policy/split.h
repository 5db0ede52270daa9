/*
 * A range of reachable ports into what is said about it (SEMANTICS 5.3). With K the ports of
 * the policy's table that lie in the range:
 *
 *     K empty                       one unrecognized piece, the whole range
 *     services that stand alone     one piece each (telnet, ftp, print, ssh, rdp)
 *     up to three others            one piece each
 *     more than three others        one piece, the whole range, that lists them
 */
#ifndef CFNREACH_POLICY_SPLIT_H
#define CFNREACH_POLICY_SPLIT_H

#include "policy/settings.h"

enum piece_kind { PIECE_RECOGNIZED, PIECE_RANGE, PIECE_UNRECOGNIZED };

/* A port (or range) of the table that lies in the range. */
struct piece_port {
    const struct service *service;
    struct ports ports;
};

struct piece {
    enum piece_kind kind;
    struct ports ports;          /* of a recognized one: what the table lists, cut to the range */
    const struct piece_port *at; /* one, or those of a range by port; none if unrecognized */
    size_t n;
};

struct pieces {
    const struct piece *at; /* alone ones first, then by port */
    size_t n;
};

/* Pure: depends on the table and the arguments alone. An empty range has no pieces. */
struct pieces split_range(struct arena *a, const struct settings *s, int protocol,
                          struct ports range);

/* The whole range as one piece that lists what the table has in it. */
struct piece split_whole(struct arena *a, const struct settings *s, int protocol,
                         struct ports range);

#endif
