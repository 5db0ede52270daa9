/*
 * Inside cfn: the text of Fn::Sub as pieces, "${Name}" apart from what stands around it.
 */
#ifndef CFNREACH_CFN_SUB_TEXT_H
#define CFNREACH_CFN_SUB_TEXT_H

#include "base/str.h"

struct cfn_sub_piece {
    bool is_variable;
    struct str text; /* a piece of text, or the name inside "${...}" */
    bool is_wrong;   /* a variable whose name has letters that CloudFormation refuses */
};

/* The next piece from *at; false at the end. "${!Name}" is the text "${Name}", which comes as
 * the two pieces "${" and "Name}"; a "${" that nothing closes is text. */
bool cfn_sub_next(struct str text, size_t *at, struct cfn_sub_piece *out);

#endif
