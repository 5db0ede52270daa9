/*
 * libyaml's complaints as sentences for people who write templates.
 */
#ifndef CFNREACH_DOC_YAML_FAULT_H
#define CFNREACH_DOC_YAML_FAULT_H

#include <yaml.h>

#include "doc/yaml_place.h"

/* Records why the parser failed, as job->fault. Always false. */
bool yaml_fault(struct read_job *job, struct yaml_place *place, const yaml_parser_t *parser);

#endif
