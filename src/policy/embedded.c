/*
 * The built-in policies: tables that are generated at build time, without pointers, so that a
 * program that starts neither reads YAML nor relocates them.
 */
#include "policy/embedded.h"

/* Places are offsets into embedded_texts, and indices into the other pools. Ports and labels of a
 * policy stand one after the other, in the order of its services. */
struct embedded_label {
    uint16_t port;
    uint16_t label;
};

struct embedded_service {
    uint16_t key;
    uint16_t label;
    uint16_t tcp_n;
    uint16_t udp_n;
    uint16_t names_n;
    uint8_t internet;
    uint8_t private_paths;
    uint8_t rule;
    bool alone;
};

struct embedded {
    uint16_t name;
    uint16_t service_n;
    uint16_t services;
    uint16_t ports;
    uint16_t labels;
    uint16_t ports_end;
    uint16_t labels_end;
    uint8_t cap_limited;
    uint8_t cap_narrow;
    bool keep_doubtful;
    bool require_reason;
};

#include "policy/embedded.inc"

enum { EMBEDDED_COUNT = sizeof embedded / sizeof *embedded };

static struct str text_at(uint16_t place)
{
    return str_from(embedded_texts + place);
}

/* The index of a policy; EMBEDDED_COUNT if there is none of that name. */
static size_t find(struct str name)
{
    size_t i = 0;
    while (i < EMBEDDED_COUNT && !str_eq(name, text_at(embedded[i].name))) {
        i++;
    }
    return i;
}

bool embedded_has(struct str name)
{
    return find(name) < EMBEDDED_COUNT;
}

static struct service_name *labels_of(struct arena *a, const struct embedded *e)
{
    size_t n = (size_t)(e->labels_end - e->labels);
    struct service_name *all = ARENA_ARRAY(a, n, struct service_name);
    for (size_t i = 0; i < n; i++) {
        const struct embedded_label *label = &embedded_labels[e->labels + i];
        all[i] = (struct service_name){label->port, text_at(label->label)};
    }
    return all;
}

/* Lists are full: one that is added to moves. */
static void read_services(struct settings *s, const struct embedded *e)
{
    size_t port_n = (size_t)(e->ports_end - e->ports);
    struct ports *ports = ARENA_ARRAY(s->arena, port_n, struct ports);
    memcpy(ports, embedded_ports + e->ports, port_n * sizeof *ports);
    struct service_name *labels = labels_of(s->arena, e);
    s->services.at = ARENA_ARRAY(s->arena, e->service_n, struct service);
    s->services.n = s->services.cap = e->service_n;
    for (size_t i = 0; i < e->service_n; i++) {
        const struct embedded_service *row = &embedded_services[e->services + i];
        struct service *service = &s->services.at[i];
        *service = (struct service){
            .key = text_at(row->key),
            .label = text_at(row->label),
            .tcp = {.at = ports, .n = row->tcp_n, .cap = row->tcp_n},
            .udp = {.at = ports + row->tcp_n, .n = row->udp_n, .cap = row->udp_n},
            .names = {.at = labels, .n = row->names_n, .cap = row->names_n},
            .internet = (enum severity)row->internet,
            .private_paths = (enum severity)row->private_paths,
            .rule = row->rule,
            .alone = row->alone,
        };
        ports += row->tcp_n + row->udp_n;
        labels += row->names_n;
    }
}

void embedded_read(struct settings_reader *r, struct str name)
{
    size_t index = find(name);
    if (index == EMBEDDED_COUNT) {
        BUG("no built-in policy '%.*s'", STR_ARG(name));
    }
    const struct embedded *e = &embedded[index];
    struct settings *s = r->settings;
    read_services(s, e);
    s->cap_limited = (enum severity)e->cap_limited;
    s->cap_narrow = (enum severity)e->cap_narrow;
    s->keep_doubtful = e->keep_doubtful;
    s->require_reason = e->require_reason;
    for (size_t i = 0; i < EMBEDDED_RULES; i++) {
        uint8_t rule = embedded_rules[index][i];
        s->rule_has_severity[i] = (rule & EMBEDDED_IMPLIED) == 0;
        s->rule_severity[i] =
            s->rule_has_severity[i] ? (enum severity)(rule & ~EMBEDDED_OFF) : SEVERITY_OFF;
        r->rule_off[i] = (rule & EMBEDDED_OFF) != 0;
    }
}

struct str embedded_name(size_t index)
{
    return index < EMBEDDED_COUNT ? text_at(embedded[index].name) : STR("");
}
