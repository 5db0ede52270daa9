/*
 * Which remedies for what, best first (SEMANTICS 6, "Ranking shown to the user"). A finding is
 * of the first row that one of its ports fits.
 *
 *     23, 21, 515        nobody needs them: delete
 *     22, 3389           Session Manager, Instance Connect, known addresses, a guard rail
 *     databases          from the group of the clients, or a private subnet or address
 *     80, 443            behind a balancer
 *     ranges             without the port; then as for the others
 */
#include "fix/job.h"

struct row {
    const uint16_t *ports; /* 0 at the end */
    const struct remedy *remedies[MOST_REMEDIES + 1];
};

static const uint16_t NEVER[] = {23, 21, 515, 0};
static const uint16_t LOGIN[] = {22, 3389, 0};
static const uint16_t DATA[] = {1433, 1434,  3306,  5432,  1521,  1630, 9300,
                                9200, 27017, 27018, 27019, 28017, 0};
static const uint16_t WEB[] = {80, 443, 0};

static const struct row ROWS[] = {
    {NEVER, {&remedy_split, &remedy_delete, &remedy_narrow, NULL}},
    {LOGIN,
     {&remedy_session, &remedy_connect, &remedy_narrow, &remedy_split, &remedy_acl, &remedy_delete,
      NULL}},
    {DATA,
     {&remedy_group, &remedy_subnet, &remedy_address, &remedy_split, &remedy_narrow, &remedy_delete,
      NULL}},
    {WEB, {&remedy_balancer, &remedy_narrow, NULL}},
};

static const struct row OTHERS = {
    NULL, {&remedy_split, &remedy_group, &remedy_narrow, &remedy_delete, NULL}};

/* An open rule that nothing uses, or a range of ports. */
static const struct row UNUSED_RULE = {NULL, {&remedy_delete, &remedy_split, &remedy_narrow, NULL}};

static const struct row *row_of(const struct site *site)
{
    const struct finding *f = site->finding;
    if (f->endpoints.n == 0) {
        return &UNUSED_RULE;
    }
    bool range = false;
    for (size_t i = 0; i < f->endpoints.n; i++) {
        range = range || f->endpoints.at[i].ports.begin != f->endpoints.at[i].ports.end;
    }
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS && !range; i++) {
        for (const uint16_t *port = ROWS[i].ports; *port != 0; port++) {
            if (site_has_port(site, *port)) {
                return &ROWS[i];
            }
        }
    }
    return &OTHERS;
}

void rank_remedies(const struct site *site, const struct remedy *out[MOST_REMEDIES + 1])
{
    const struct row *row = row_of(site);
    for (size_t i = 0; i <= MOST_REMEDIES; i++) {
        out[i] = row->remedies[i];
    }
}
