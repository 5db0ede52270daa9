/*
 * The built-in policies; their bytes are generated from policies/ at build time.
 */
#include "policy/embedded.h"

struct embedded {
    const char *name;
    const char *bytes;
    size_t n;
};

#include "policy/embedded.inc"

enum { EMBEDDED_COUNT = sizeof embedded / sizeof *embedded };

bool embedded_policy(struct str name, struct str *bytes)
{
    for (size_t i = 0; i < EMBEDDED_COUNT; i++) {
        if (str_is(name, embedded[i].name)) {
            *bytes = (struct str){embedded[i].bytes, embedded[i].n};
            return true;
        }
    }
    return false;
}

struct str embedded_name(size_t index)
{
    return index < EMBEDDED_COUNT ? str_from(embedded[index].name) : STR("");
}
