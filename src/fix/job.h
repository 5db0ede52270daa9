/*
 * Internal to fix: one template whose findings are being fixed, and what a remedy is.
 *
 *     job: analysis, style            candidate: edits + title, before the proof
 *     site: one finding's opening rule as it stands in the tree
 */
#ifndef CFNREACH_FIX_JOB_H
#define CFNREACH_FIX_JOB_H

#include "fix/edits.h"
#include "fix/fix.h"

/* The first rule of an opening. */
struct known_rule {
    uint32_t group; /* index in the world */
    uint32_t rule;  /* index in the group */
};

struct leaves; /* same_values.c */

/* An analysis of edited bytes, in an arena of its own. */
struct kept_proof {
    struct arena arena;
    const struct analysis *result; /* NULL: given back */
};

struct fix_job {
    struct arena *arena;
    const struct analysis *analysis;
    const struct fix_options *options;
    const struct cfn_template *t;     /* that is being edited */
    const struct analysis_file *file; /* its file: edits stay in it */
    struct style style;
    struct map openings; /* place of a source -> struct known_rule */
    struct map names;    /* given to new resources and parameters by the candidate in the making */
    struct map proofs;   /* edited bytes that were analysed: edits as text -> struct kept_proof */
    VEC(struct kept_proof *) kept; /* of them, in the order in which they were made */
    size_t kept_from;              /* those before are given back */
    size_t kept_bytes;
    size_t took;           /* bytes of all that were made */
    size_t alternatives;   /* after so many analyses nobody gets a second fix */
    size_t together;       /* so many fixes at most are proven by one analysis */
    size_t proven;         /* how many analyses that took */
    struct leaves *leaves; /* of the tree; NULL until a proof asks */
};

/* Where the opening rule of a finding stands. */
struct site {
    const struct finding *finding;
    size_t index; /* of the finding */
    const struct topology_origin *origin;
    const struct world_rule *rule;     /* the first of the opening */
    uint32_t group;                    /* index in the world */
    const struct cfn_resource *holder; /* the group, or the standalone rule */
    const struct doc_node *item;       /* the map of the rule */
    const struct doc_node *source;     /* the value that names the source, or NULL */
    bool standalone;                   /* the rule is a resource of its own */
    bool internet;                     /* the finding is about the internet */
};

/* What a remedy proposes. */
struct candidate {
    struct str title;
    enum fix_safety safety; /* at best: the proof may lower it */
    struct edits edits;
    /* All it does to the network is to take from the opening rule: ports, sources, the whole
     * rule. What it adds besides admits nobody who was not admitted: a parameter, a role, what an
     * instance needs to get out. Such fixes can be proven together (batch.c). */
    bool takes;
};

/* A list that remedies add to. */
struct candidates {
    struct fix_job *job;
    const struct site *site;
    VEC(struct candidate) all;
    struct str hindrance; /* of the first that failed */
};

struct remedy {
    const char *id; /* "R1" */
    void (*propose)(struct candidates *c);
};

/* rank.c: the remedies for a finding, best first, NULL at the end. */
enum { MOST_REMEDIES = 9 };
void rank_remedies(const struct site *site, const struct remedy *out[MOST_REMEDIES + 1]);

/* The remedies, a file each. */
extern const struct remedy remedy_delete, remedy_split, remedy_narrow, remedy_group, remedy_subnet,
    remedy_address, remedy_acl, remedy_session, remedy_connect, remedy_balancer;

/* job.c */
void job_open(struct fix_job *job, struct arena *a, const struct analysis *analysis,
              const struct fix_options *options);
/* Gives back what the proofs hold; their results are in the arena of the job. */
void job_close(struct fix_job *job);
/* Turns to another template of the unit. */
void job_enter(struct fix_job *job, const struct cfn_template *t);
/* The template whose file has to change for this finding. */
const struct cfn_template *job_home(const struct fix_job *job, size_t finding);
/* site.c. False: the finding has no opening rule (an aggregate). */
MUST_CHECK bool site_of(struct fix_job *job, size_t finding, struct site *out);

/* "tcp/22 from 0.0.0.0/0": what the opening rule admits. */
struct str site_words(struct arena *a, const struct site *site);
/* Does the finding speak of this port, or of one of a service ("ssh")? */
bool site_has_port(const struct site *site, uint16_t port);
/* The member of the rule that the source stands in ("CidrIp"), through Fn::If; "" if none. */
struct str site_source_key(const struct site *site);
/* An ingress rule of the same group, protocol and ports that admits IPv6 from everywhere, where
 * this one is for IPv4: its item. NULL if there is none. */
const struct topology_origin *site_twin(const struct fix_job *job, const struct site *site);
/* Takes out the whole rule: list item or resource. */
MUST_CHECK bool site_remove(struct fix_job *job, struct edits *e, const struct topology_origin *o);

/* An empty candidate to fill; it counts once candidate_add has been called. */
struct candidate candidate_new(const struct candidates *c);
void candidate_add(struct candidates *c, const struct candidate *candidate);
/* The edits could not be made: keeps the reason if it is the first. */
void candidate_fail(struct candidates *c, const struct candidate *candidate);

/* A name for a new resource, parameter ...: `wish`, or wish2 ... if it is taken. */
struct str job_fresh_name(struct fix_job *job, const char *wish);
/* The opening rule of a finding; NULL if there is none. */
const struct known_rule *job_opening(const struct fix_job *job, const struct finding *f);
/* The scalar that names what a plain Ref refers to; NULL if node is no Ref. */
const struct doc_node *job_target_name(const struct doc_node *node);
/* A scalar property with a number written as such; false if it is a function or absent. */
MUST_CHECK bool job_number(const struct doc_node *node, int64_t *out);
/* The resource that a plain Ref or GetAtt written at node names; NULL if it is none. */
const struct cfn_resource *job_target(const struct fix_job *job, const struct doc_node *node);
/* Takes out a resource and every DependsOn entry that names it; false if anything else does. */
MUST_CHECK bool job_remove_resource(struct fix_job *job, struct edits *e,
                                    const struct cfn_resource *r);

#endif
