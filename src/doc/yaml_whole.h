/*
 * The whole text as libyaml's own buffer, so that its reader need not carry it there character
 * by character.
 */
#ifndef CFNREACH_DOC_YAML_WHOLE_H
#define CFNREACH_DOC_YAML_WHOLE_H

#include <yaml.h>

#include "doc/read.h"

struct yaml_whole {
    yaml_char_t *own; /* the buffer that libyaml made and will free; NULL: it has it back */
};

/* Gives the parser, fresh from yaml_parser_initialize, the text of the job from job->begin on, in
 * UTF-8: whole if it can be (then *w holds libyaml's buffer), else as an ordinary input string.
 * The bytes must outlive the parser. */
void yaml_whole_begin(struct yaml_whole *w, yaml_parser_t *parser, struct read_job *job);

/* Gives libyaml its buffer back; before yaml_parser_delete. */
void yaml_whole_end(struct yaml_whole *w, yaml_parser_t *parser);

#endif
