#include "report/inspector.h"

#include <inttypes.h>

#include "base/map.h"

static struct str key_of(struct arena *a, const struct finding_endpoint *e)
{
    return str_format(a, "%.*s|%.*s|%.*s|%d|%.*s|%.*s|%u|%d|%u-%u", STR_ARG(e->kind),
                      STR_ARG(e->resource), STR_ARG(e->interface), (int)e->edge,
                      STR_ARG(e->edge_component), STR_ARG(e->via), e->families, e->protocol,
                      (unsigned)e->ports.begin, (unsigned)e->ports.end);
}

struct inspector_items inspector_items(struct arena *a, const struct analysis *analysis,
                                       bool with_aggregates)
{
    struct inspector_items items = {0};
    struct map seen;
    map_init(&seen, a);
    for (size_t i = 0; analysis->findings && i < analysis->findings->all.n; i++) {
        const struct finding *f = &analysis->findings->all.at[i];
        for (size_t k = 0; !f->suppressed && k < f->endpoints.n; k++) {
            const struct finding_endpoint *e = &f->endpoints.at[k];
            if (!with_aggregates && str_is(e->kind, "NetworkExposure")) {
                continue;
            }
            size_t before = seen.n;
            map_at(&seen, key_of(a, e));
            if (seen.n > before) {
                *VEC_ADD(a, &items.all) = (struct inspector_item){f, e};
            }
        }
    }
    return items;
}

/* "an Internet Gateway", as titles say it. */
static const char *edge_noun(enum world_edge e)
{
    static const char *const nouns[] = {
        [EDGE_INTERNET] = "an Internet Gateway",       [EDGE_ACCELERATOR] = "a Global Accelerator",
        [EDGE_PEERING] = "a VPC Peering Connection",   [EDGE_VPN] = "a Virtual Private Gateway",
        [EDGE_TRANSIT] = "a Transit Gateway",          [EDGE_CLIENT_VPN] = "a Client VPN Endpoint",
        [EDGE_PRIVATELINK] = "a VPC Endpoint Service", [EDGE_MANAGED] = "a managed service",
    };
    const char *noun = (size_t)e < sizeof nouns / sizeof *nouns ? nouns[e] : NULL;
    return noun ? noun : world_edge_name(e);
}

/* "InternetGateway", as descriptions say it. */
static struct str edge_type(const struct finding_endpoint *e)
{
    if (e->path_n == 0) {
        return STR("gateway");
    }
    struct str type = e->path[0].type;
    size_t colon = 0;
    for (size_t at = str_find(type, STR("::"), 0); at != STR_NPOS;
         at = str_find(type, STR("::"), colon)) {
        colon = at + 2;
    }
    return str_sub(type, colon, type.n);
}

static const char *protocol_upper(int protocol)
{
    return protocol == PROTOCOL_UDP ? "UDP" : protocol == PROTOCOL_TCP ? "TCP" : "ALL";
}

struct str inspector_title(struct arena *a, const struct finding_endpoint *e)
{
    struct str via =
        e->via.n ? str_format(a, ", through load balancer %.*s", STR_ARG(e->via)) : STR("");
    if (e->ports.begin == e->ports.end) {
        return str_format(a, "Port %u is reachable from %s%.*s - %s", (unsigned)e->ports.begin,
                          edge_noun(e->edge), STR_ARG(via), protocol_upper(e->protocol));
    }
    return str_format(a, "Port range %u - %u is reachable from %s%.*s - %s",
                      (unsigned)e->ports.begin, (unsigned)e->ports.end, edge_noun(e->edge),
                      STR_ARG(via), protocol_upper(e->protocol));
}

struct str inspector_description(struct arena *a, const struct finding_endpoint *e)
{
    bool instance = str_is(e->resource_type, "AWS::EC2::Instance");
    struct str component = e->edge_component.n ? e->edge_component : STR("outside the template");
    struct str via =
        e->via.n ? str_format(a, " through the load balancer %.*s", STR_ARG(e->via)) : STR("");
    return str_format(a,
                      "On the %s %.*s, the port range %u-%u is reachable from the %.*s %.*s%.*s "
                      "from an attached ENI %.*s.",
                      instance ? "instance" : "resource", STR_ARG(e->resource),
                      (unsigned)e->ports.begin, (unsigned)e->ports.end, STR_ARG(edge_type(e)),
                      STR_ARG(component), STR_ARG(via), STR_ARG(e->interface));
}

/* Two FNV hashes with different beginnings, laid out as a version 8 UUID (RFC 9562): free for
 * our own contents. */
struct str inspector_id(struct arena *a, struct str path, const struct inspector_item *item)
{
    struct str key = str_format(a, "%.*s|%.*s", STR_ARG(path), STR_ARG(key_of(a, item->endpoint)));
    uint64_t high = str_hash(key);
    uint64_t low = str_hash(str_join2(a, STR("cfnreach|"), key));
    return str_format(a, "%08" PRIx64 "-%04" PRIx64 "-8%03" PRIx64 "-%04" PRIx64 "-%012" PRIx64,
                      high >> 32, (high >> 16) & 0xffff, high & 0xfff,
                      0x8000 | ((low >> 48) & 0x3fff), low & 0xffffffffffff);
}

struct str inspector_severity(struct arena *a, enum severity s)
{
    struct str name = str_from(severity_name(s));
    char *upper = str_to_c(a, name);
    for (size_t i = 0; i < name.n; i++) {
        if (upper[i] >= 'a' && upper[i] <= 'z') {
            upper[i] = (char)(upper[i] - 'a' + 'A');
        }
    }
    return (struct str){upper, name.n};
}
