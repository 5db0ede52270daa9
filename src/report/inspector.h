/*
 * What the two Inspector formats share: the port findings as Inspector words them
 * (SEMANTICS 5.6), each once, in order.
 */
#ifndef CFNREACH_REPORT_INSPECTOR_H
#define CFNREACH_REPORT_INSPECTOR_H

#include "report/report.h"

/* One Inspector finding: an endpoint that no earlier one equals in kind, resource, interface,
 * edge, component, via, families, protocol and ports. */
struct inspector_item {
    const struct finding *finding;
    const struct finding_endpoint *endpoint;
};

struct inspector_items {
    VEC(struct inspector_item) all;
};

/* Those of ports (with_aggregates: and the aggregates), suppressed ones left out. */
struct inspector_items inspector_items(struct arena *a, const struct analysis *analysis,
                                       bool with_aggregates);

/* "Port 22 is reachable from an Internet Gateway - TCP" */
struct str inspector_title(struct arena *a, const struct finding_endpoint *e);
/* "On the instance Web, the port range 22-22 is reachable from the InternetGateway Igw ..." */
struct str inspector_description(struct arena *a, const struct finding_endpoint *e);
/* A name-based id: the same for the same finding in the same template path. */
struct str inspector_id(struct arena *a, struct str path, const struct inspector_item *item);
/* "MEDIUM" */
struct str inspector_severity(struct arena *a, enum severity s);

/* When the events say they happened: the format option's text, default the epoch. */
#define INSPECTOR_EPOCH   STR("1970-01-01T00:00:00Z")
/* Ids that exist only after deployment are made up, uniformly. */
#define INSPECTOR_ACCOUNT "000000000000"

#endif
