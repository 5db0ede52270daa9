/*
 * Transfer servers (SEMANTICS 2.9).
 *
 *     EndpointType absent, PUBLIC   an endpoint of AWS that admits everybody
 *     VPC                           an interface in each subnet, with groups; public where
 *                                   AddressAllocationIds gives it an address
 *     VPC_ENDPOINT                  an interface endpoint, a resource of its own
 */
#include "topology/aside.h"
#include "topology/kinds.h"
#include "topology/plan.h"
#include "topology/resolve.h"

/* Transfer Family user guide, "Create a server in a virtual private cloud": control port and
 * passive data ports of FTP and FTPS; AS2 takes its messages by HTTP. */
static const struct {
    const char *protocol;
    struct port_list ports;
} PROTOCOLS[] = {
    {"SFTP", {{{22, 22}}, 1}},
    {"FTPS", {{{21, 21}, {8192, 8200}}, 2}},
    {"FTP", {{{21, 21}, {8192, 8200}}, 2}},
    {"AS2", {{{443, 443}, {5080, 5080}}, 2}},
};
enum { PROTOCOL_N = sizeof PROTOCOLS / sizeof *PROTOCOLS };

struct served {
    struct guard when[PROTOCOL_N];
};

/* Without Protocols it is SFTP. */
static struct served read_protocols(struct builder *b, const struct cfn_resource *r)
{
    struct served s = {.when = {GUARD_FALSE, GUARD_FALSE, GUARD_FALSE, GUARD_FALSE}};
    struct cfn_value protocols = cfn_property(r, "Protocols");
    struct cfn_value items = cfn_items(protocols);
    for (size_t i = 0; i < PROTOCOL_N; i++) {
        s.when[i] = managed_is(b, items, PROTOCOLS[i].protocol);
    }
    s.when[0] = either(b, s.when[0], without(b, r->when, plan_given(b, protocols)));
    return s;
}

static void listen(struct builder *b, uint32_t interface, const struct served *served,
                   struct guard when)
{
    for (size_t i = 0; i < PROTOCOL_N; i++) {
        managed_listen_list(b, interface, both(b, served->when[i], when), &PROTOCOLS[i].ports);
    }
    managed_listen_close(b, interface);
}

/* The property EndpointType, or the resource, is what admits everybody. FTP and FTPS need a VPC;
 * what is asked for is evaluated as given. */
static void make_public(struct builder *b, const struct slot *s, const struct served *served,
                        struct guard when)
{
    const struct cfn_resource *r = s->resource;
    uint32_t group = aside_group(b, r, ".Endpoint", WORLD_NONE);
    struct topology_origin origin = origin_resource(b, r);
    struct cfn_value type = cfn_property(r, "EndpointType");
    FOREACH_TERM (term, type) {
        if (term->kind != CFN_NONE && !guard_disjoint(b->space, term->when, when)) {
            origin = origin_value(b, r, term);
            break;
        }
    }
    for (size_t i = 0; i < PROTOCOL_N; i++) {
        const struct port_list *list = &PROTOCOLS[i].ports;
        for (size_t k = 0; k < list->n; k++) {
            struct aside_rule rule = {.resource = r,
                                      .group = group,
                                      .when = both(b, when, served->when[i]),
                                      .protocol = PROTOCOL_TCP,
                                      .ports = list->at[k]};
            aside_admit_all(b, &rule, true, false, origin);
        }
    }
    listen(b, aside_make(b, s, "Endpoint", when, group, WORLD_NONE), served, when);
}

static void make_inside(struct builder *b, const struct slot *s, const struct served *served,
                        struct guard when)
{
    const struct cfn_resource *r = s->resource;
    struct cfn_value addresses = cfn_items(cfn_property(r, "EndpointDetails/AddressAllocationIds"));
    struct managed m = {
        .slot = s,
        .when = when,
        .places = managed_subnets(b, r, cfn_property(r, "EndpointDetails/SubnetIds"), when),
        .groups = resolve_group(b, cfn_items(cfn_property(r, "EndpointDetails/SecurityGroupIds"))),
        .is_public = both(b, when, plan_given(b, addresses)),
        .public_by = builder_new_id(b, addresses.n > 0 ? origin_value(b, r, &addresses.at[0])
                                                       : origin_resource(b, r)),
    };
    uint32_t first = managed_each(b, m);
    for (uint32_t i = first; i < b->world->interfaces.n; i++) {
        listen(b, i, served, when);
    }
}

void transfer_place(struct builder *b, struct slot *s)
{
    const struct cfn_resource *r = s->resource;
    if (s->elements.n == 0) {
        return;
    }
    struct cfn_value type = cfn_property(r, "EndpointType");
    struct guard given = plan_given(b, type);
    struct guard is_public = either(b, without(b, r->when, given), managed_is(b, type, "PUBLIC"));
    struct guard inside = both(b, r->when, managed_is(b, type, "VPC"));
    is_public = without(b, both(b, is_public, r->when), inside);
    struct served served = read_protocols(b, r);
    if (!guard_is_false(is_public)) {
        make_public(b, s, &served, is_public);
    }
    if (!guard_is_false(inside)) {
        make_inside(b, s, &served, inside);
    }
}
