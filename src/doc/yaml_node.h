/*
 * One libyaml event as a node: where its value begins behind tag and anchor,
 * what its text and its type are.
 */
#ifndef CFNREACH_DOC_YAML_NODE_H
#define CFNREACH_DOC_YAML_NODE_H

#include <yaml.h>

#include "doc/build.h"
#include "doc/yaml_place.h"

struct yaml_read {
    struct read_job *job;
    struct build build;
    struct yaml_place place;
    uint32_t last_end; /* of the last scalar, alias or bracket */
};

MUST_CHECK bool yaml_node_scalar(struct yaml_read *y, const yaml_event_t *event);
MUST_CHECK bool yaml_node_open(struct yaml_read *y, const yaml_event_t *event);
MUST_CHECK bool yaml_node_close(struct yaml_read *y, const yaml_event_t *event);
MUST_CHECK bool yaml_node_alias(struct yaml_read *y, const yaml_event_t *event);

#endif
