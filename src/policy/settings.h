/*
 * A policy: which ports are which service, how severe each is from where, and what is left
 * out. Policy files are YAML, read by our own `doc`, so that faults in them have places
 * (DESIGN.md, "Policy file"). Named policies (default, inspector, strict) are compiled in.
 */
#ifndef CFNREACH_POLICY_SETTINGS_H
#define CFNREACH_POLICY_SETTINGS_H

#include <stdatomic.h>

#include "base/regex.h"
#include "base/vec.h"
#include "net/internet.h"
#include "policy/rule.h"
#include "text/diag.h"
#include "text/source.h"

/* A port with a label of its own within its service: 443 is HTTPS. */
struct service_name {
    uint16_t port;
    struct str label;
};

struct service {
    struct str key;   /* "ssh" */
    struct str label; /* "SSH" */
    VEC(struct ports) tcp;
    VEC(struct ports) udp;
    VEC(struct service_name) names;
    enum severity internet;
    enum severity private_paths; /* peering, vgw, tgw, clientvpn */
    size_t rule;                 /* index in rules[] */
    bool alone; /* always one finding of its own: 21, 22, 23, 515, 3389 (SEMANTICS 5.3) */
};

struct ignore {
    const struct rule *rule; /* NULL: every rule */
    struct regex *resource;  /* of logical ids; NULL: any */
    struct str tag_key;      /* "" : any */
    struct regex *tag_value;
    struct str path;  /* glob over the template's path; "": any */
    struct str strip; /* of a path that begins with it, before the glob is asked ... */
    struct str add;   /* ... else put before a relative one: entries of a file in another folder */
    struct str reason;
    struct str until; /* "YYYY-MM-DD" or "" */
    struct span at;
    bool is_void;     /* without the reason that the policy asks for */
    atomic_bool used; /* some finding was meant by it; analyses share it */
};

/* A tag of the resources that findings are wanted of. */
struct target_tag {
    struct str key;
    struct str value;
    struct span at; /* SPAN_NONE: given on the command line */
};

/* How a fact is (SEMANTICS 4.2): "A-SUBROUTE(SubnetId)" is "no". */
struct assumption {
    struct str fact;
    struct str value; /* "yes", "no", or what a fact with several outcomes can be */
    struct span at;   /* SPAN_NONE: given on the command line */
};

struct settings {
    struct arena *arena;
    struct str name; /* "default", or the file's path */
    VEC(struct service) services;
    VEC(struct ignore) ignores;
    VEC(struct target_tag) targets;     /* resources with any of these tags; empty: all */
    VEC(struct assumption) assumptions; /* of one fact the last counts */
    enum severity cap_limited; /* exposure-cap on the internet edge; SEVERITY_HIGH: no cap */
    enum severity cap_narrow;
    bool keep_doubtful;           /* lower-doubts: off */
    bool require_reason;          /* of every suppression */
    enum severity *rule_severity; /* by rule index; SEVERITY_OFF: off */
    bool *rule_has_severity;      /* the policy names a severity for the rule */
    enum severity *rule_if_on;    /* of rules that the policy has off, too */
    bool is_narrowed;             /* by settings_select */
};

/* Reads a policy by name ("default", "inspector") or from a file ("./mine.yaml"), following
 * `extends`. Faults are diagnostics (CFNR90x/912, with a place and a suggestion). NULL if it
 * cannot be used. `sources` keeps the file's bytes for messages. */
struct settings *settings_load(struct arena *a, struct str name_or_path, struct source_set *sources,
                               struct diags *d);

/* Adds the entries of a list written as the `ignore` of a policy, which stands elsewhere: see
 * `strip` and `add` of struct ignore. False after an error in `d`. */
struct doc_node;
MUST_CHECK bool settings_ignores(struct settings *s, const struct doc_node *list, struct str strip,
                                 struct str add, struct diags *d);

/* After the last analysis: a note (CFNR943) for every `ignore` entry that meant no finding of the
 * whole run. */
void settings_unused(const struct settings *s, struct diags *d);

/* Adds "Key=Value" to the targets; false if it is not of that form. The text is not copied. */
MUST_CHECK bool settings_target(struct settings *s, struct str text, struct span at);

/* What the call asks for, each an array of rule_count or NULL: only the `selected` rules count,
 * those of them that are `named` one by one even if the policy has them off, and none of the
 * `ignored` ones. */
void settings_select(struct settings *s, const bool *selected, const bool *named,
                     const bool *ignored);

/* Frees the regular expressions, the only memory of settings outside the arena. NULL does
 * nothing. */
void settings_release(struct settings *s);

/* "2031-12-31": four, two and two digits of a day that the calendar has. */
bool settings_is_date(struct str text);

/* The service of a port; NULL if it is in no row. Rows in order, the first wins. */
const struct service *settings_service(const struct settings *s, int protocol, uint16_t port);

/* What messages call a port of the service: "HTTPS". */
struct str service_label(const struct service *service, uint16_t port);

/* The ports that a service has under a protocol; n is 0 for others than tcp and udp. */
struct service_ports {
    const struct ports *at;
    size_t n;
};
struct service_ports service_ports(const struct service *service, int protocol);

#endif
