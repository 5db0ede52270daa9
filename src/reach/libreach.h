/*
 * libreach: the reachability core by itself. Build a world (reach/world.h), solve it
 * (reach/reach.h), read the flows. It knows nothing of templates, files or formats.
 */
#ifndef CFNREACH_REACH_LIBREACH_H
#define CFNREACH_REACH_LIBREACH_H

#include "reach/reach.h" // IWYU pragma: export
#include "reach/world.h" // IWYU pragma: export

#endif
