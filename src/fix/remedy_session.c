/*
 * R7: log in with Session Manager, and close the port. An instance needs for that
 *
 *     a role with AmazonSSMManagedInstanceCore, in an instance profile
 *     a way out on tcp 443: its groups' egress, and a NAT or internet gateway, or else
 *     endpoints of ssm, ssmmessages and ec2messages in the VPC, with DNS names
 *
 * ("Setting up Session Manager", AWS Systems Manager User Guide.) Whatever of it is there
 * already is left as it is; a profile of the template gets the policy on its role.
 */
#include "fix/session.h"

#define POLICY "arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"

static struct piece *trust_policy(struct arena *a)
{
    struct piece *principal = piece_map(a);
    piece_put(a, principal, "Service", piece_text(a, STR("ec2.amazonaws.com")));
    struct piece *statement = piece_map(a);
    piece_put(a, statement, "Effect", piece_text(a, STR("Allow")));
    piece_put(a, statement, "Principal", principal);
    piece_put(a, statement, "Action", piece_text(a, STR("sts:AssumeRole")));
    struct piece *policy = piece_map(a);
    piece_put(a, policy, "Version", piece_text(a, STR("2012-10-17")));
    return piece_put(a, policy, "Statement", piece_add(a, piece_list(a), statement));
}

/* Role and profile, once for all instances; the profile's name. */
static bool new_profile(struct session *s)
{
    struct arena *a = s->c->job->arena;
    if (s->profile.n > 0) {
        return true;
    }
    struct str role = job_fresh_name(s->c->job, "SessionManagerRole");
    s->profile = job_fresh_name(s->c->job, "SessionManagerProfile");
    struct piece *p = piece_map(a);
    piece_put(a, p, "AssumeRolePolicyDocument", trust_policy(a));
    piece_put(a, p, "ManagedPolicyArns", piece_add(a, piece_list(a), piece_sub(a, POLICY)));
    struct piece *r = piece_map(a);
    piece_put(a, r, "Type", piece_text(a, STR("AWS::IAM::Role")));
    piece_put(a, r, "Properties", p);
    struct piece *roles = piece_map(a);
    piece_put(a, roles, "Roles", piece_add(a, piece_list(a), piece_ref(a, role)));
    struct piece *profile = piece_map(a);
    piece_put(a, profile, "Type", piece_text(a, STR("AWS::IAM::InstanceProfile")));
    piece_put(a, profile, "Properties", roles);
    return edit_add_to_section(&s->k->edits, "Resources", role, r) &&
           edit_add_to_section(&s->k->edits, "Resources", s->profile, profile);
}

/* Is the policy, or one that says the same, among these? */
static bool has_policy(const struct doc_node *arns)
{
    for (uint32_t i = 0; arns != NULL && arns->kind == DOC_SEQ && i < arns->n; i++) {
        const struct doc_node *sub = doc_get(arns->items[i], "Fn::Sub");
        struct str text = sub != NULL ? sub->text : arns->items[i]->text;
        if (str_ends(text, STR("/AmazonSSMManagedInstanceCore"))) {
            return true;
        }
    }
    return false;
}

/* An inline policy as in the workshop: the actions of the agent, whatever the resources. */
static bool has_inline_policy(const struct session *s, const struct doc_node *policies)
{
    if (policies == NULL) {
        return false;
    }
    struct str bytes = s->c->job->file->source->bytes;
    struct str text = str_sub(bytes, policies->span.begin, policies->span.end);
    return str_find(text, STR("ssm:UpdateInstanceInformation"), 0) != STR_NPOS &&
           str_find(text, STR("ssmmessages:"), 0) != STR_NPOS;
}

/* The policy on the role of a profile that is there already. */
static bool extend_role(struct session *s, const struct doc_node *profile)
{
    struct fix_job *job = s->c->job;
    const struct cfn_resource *p = job_target(job, profile);
    const struct doc_node *roles = p != NULL ? doc_get(p->properties, "Roles") : NULL;
    const struct cfn_resource *role = roles != NULL && roles->kind == DOC_SEQ && roles->n == 1
                                          ? job_target(job, roles->items[0])
                                          : NULL;
    if (role == NULL || !str_is(role->type, "AWS::IAM::Role") || role->properties == NULL) {
        return edits_fail(&s->k->edits, "the role of its instance profile is not in the template");
    }
    const struct doc_node *arns = doc_get(role->properties, "ManagedPolicyArns");
    if (has_policy(arns) || has_inline_policy(s, doc_get(role->properties, "Policies"))) {
        return true;
    }
    struct piece *policy = piece_sub(job->arena, POLICY);
    if (arns != NULL) {
        return edit_append_item(&s->k->edits, arns, policy);
    }
    return edit_append_entry(&s->k->edits, role->properties, STR("ManagedPolicyArns"),
                             piece_add(job->arena, piece_list(job->arena), policy));
}

static bool give_role(struct session *s, const struct cfn_resource *instance)
{
    const struct doc_node *profile = doc_get(instance->properties, "IamInstanceProfile");
    if (profile != NULL) {
        return extend_role(s, profile);
    }
    return new_profile(s) &&
           edit_append_entry(&s->k->edits, instance->properties, STR("IamInstanceProfile"),
                             piece_ref(s->c->job->arena, s->profile));
}

static bool is_first(const struct finding *f, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (str_eq(f->endpoints.at[i].resource, f->endpoints.at[index].resource)) {
            return false;
        }
    }
    return true;
}

static bool equip(struct session *s)
{
    const struct finding *f = s->c->site->finding;
    for (size_t i = 0; i < f->endpoints.n; i++) {
        const struct finding_endpoint *e = &f->endpoints.at[i];
        const struct cfn_resource *r = cfn_resource(s->c->job->t, e->resource);
        if (r == NULL || !str_is(r->type, "AWS::EC2::Instance") || r->properties == NULL) {
            return edits_fail(&s->k->edits, "'%.*s' is no instance of the template",
                              STR_ARG(e->resource));
        }
        if (is_first(f, i) && !(give_role(s, r) && session_way_out(s, e))) {
            return false;
        }
    }
    return true;
}

static void propose(struct candidates *c)
{
    const struct finding *f = c->site->finding;
    enum { MOST_ENDPOINTS = 16 };
    if (f->endpoints.n == 0 || f->endpoints.n > MOST_ENDPOINTS) {
        return;
    }
    struct candidate k = candidate_new(c);
    struct session s = {.c = c, .k = &k};
    k.takes = true;
    k.safety = FIX_UNSAFE;
    k.title = str_format(c->job->arena,
                         "Log in to '%.*s'%s with Session Manager, and delete the rule that admits "
                         "%.*s; deploying it needs CAPABILITY_IAM.",
                         STR_ARG(f->endpoints.at[0].resource),
                         f->endpoints.n > 1 ? " and the others" : "",
                         STR_ARG(site_words(c->job->arena, c->site)));
    if (equip(&s) && site_remove(c->job, &k.edits, c->site->origin)) {
        candidate_add(c, &k);
    } else {
        candidate_fail(c, &k);
    }
}

const struct remedy remedy_session = {"R7", propose};
