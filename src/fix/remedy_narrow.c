/*
 * R2: whoever deploys says who may come in. The source becomes a parameter without a default
 * whose pattern admits nothing wider than a /24; a second fix uses the same parameter. Where
 * the source is a parameter already, that one gets the pattern and loses an open Default.
 */
#include "fix/job.h"

#define PATTERN "^\\d{1,3}(\\.\\d{1,3}){3}/(2[4-9]|3[0-2])$"

static struct piece *declaration(struct arena *a)
{
    struct piece *p = piece_map(a);
    piece_put(a, p, "Type", piece_text(a, STR("String")));
    piece_put(a, p, "Description",
              piece_text(a, STR("CIDR allowed to administer the instances (no default on "
                                "purpose)")));
    piece_put(a, p, "AllowedPattern", piece_text(a, STR(PATTERN)));
    piece_put(a, p, "ConstraintDescription", piece_text(a, STR("IPv4 CIDR of /24 or longer")));
    return p;
}

/* A parameter that an earlier fix, or its like, has made: a pattern and no default. */
static const struct cfn_parameter *reusable(const struct fix_job *job)
{
    for (size_t i = 0; i < job->t->parameters.n; i++) {
        const struct cfn_parameter *p = job->t->parameters.at[i];
        if (str_starts(p->name, STR("AdminCidr")) && str_is(p->type, "String") &&
            p->default_node == NULL && doc_is(doc_get(p->node, "AllowedPattern"), PATTERN)) {
            return p;
        }
    }
    return NULL;
}

static bool replace_source(struct candidates *c, struct candidate *k, bool literal)
{
    struct fix_job *job = c->job;
    const struct site *site = c->site;
    const struct cfn_parameter *known = reusable(job);
    struct str name = known != NULL ? known->name : job_fresh_name(job, "AdminCidr");
    const struct topology_origin *twin = site_twin(job, site);
    /* A web site may be meant for everybody: nobody narrows it unasked. */
    bool web = site_has_port(site, 80) || site_has_port(site, 443);
    /* Whatever the parameter says is within everything; and a twin is a second rule. */
    k->takes = twin == NULL && ipset_equal(site->rule->remote, ipset_all(NET_V4));
    k->safety = literal && !web && site->internet ? FIX_SAFE : FIX_UNSAFE;
    k->title = str_format(job->arena,
                          "Let the parameter '%.*s' say who may use it, instead of "
                          "admitting %.*s%s.",
                          STR_ARG(name), STR_ARG(site_words(job->arena, site)),
                          twin != NULL ? ", and delete the rule for IPv6" : "");
    bool gone = twin == NULL || (twin->item == site->item ? edit_remove(&k->edits, twin->node)
                                                          : site_remove(job, &k->edits, twin));
    return gone && edit_replace(&k->edits, site->source, piece_ref(job->arena, name)) &&
           (known != NULL ||
            edit_add_to_section(&k->edits, "Parameters", name, declaration(job->arena)));
}

/* The parameter P of `!Ref P`: no open Default any more, and a pattern if it has none. */
static bool constrain(struct candidates *c, struct candidate *k, const struct cfn_parameter *p)
{
    struct fix_job *job = c->job;
    bool bare = doc_get(p->node, "AllowedPattern") == NULL;
    k->safety = FIX_UNSAFE;
    k->title = str_format(job->arena, "%s '%.*s'%s.",
                          p->default_node != NULL ? "Take the default from the parameter"
                                                  : "Constrain the parameter",
                          STR_ARG(p->name),
                          bare ? (p->default_node != NULL ? " and admit nothing wider than a /24"
                                                          : " to nothing wider than a /24")
                               : "");
    if (p->default_node != NULL && !edit_remove(&k->edits, p->default_node)) {
        return false;
    }
    return !bare || (edit_append_entry(&k->edits, p->node, STR("AllowedPattern"),
                                       piece_text(job->arena, STR(PATTERN))) &&
                     edit_append_entry(&k->edits, p->node, STR("ConstraintDescription"),
                                       piece_text(job->arena, STR("IPv4 CIDR of /24 or longer"))));
}

static void propose(struct candidates *c)
{
    const struct site *site = c->site;
    const struct cfn_parameter *p = site->origin->parameter;
    if (site->source == NULL || site->rule->remote.family != NET_V4 ||
        site->rule->group != WORLD_NONE ||
        !ipset_meets(site->rule->remote, internet_space(NET_V4))) {
        return; /* in the place of a private source, any other would open something */
    }
    struct candidate k = candidate_new(c);
    bool ok;
    if (p != NULL && !p->is_pseudo && !p->has_allowed && !p->is_list && !p->is_opaque &&
        p->node->kind == DOC_MAP) {
        if (p->default_node == NULL && doc_get(p->node, "AllowedPattern") != NULL) {
            return; /* who deploys has been told already */
        }
        ok = constrain(c, &k, p);
    } else if (p == NULL && str_is(site_source_key(site), "CidrIp")) {
        bool literal = site->source->kind == DOC_SCALAR && site->source->tag.n == 0 &&
                       (site->origin->literal == NULL || site->origin->literal == site->source);
        ok = replace_source(c, &k, literal);
    } else {
        return;
    }
    if (ok) {
        candidate_add(c, &k);
    } else {
        candidate_fail(c, &k);
    }
}

const struct remedy remedy_narrow = {"R2", propose};
