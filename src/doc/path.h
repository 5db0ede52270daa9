/*
 * Names of places in a tree: "Properties/SecurityGroupIngress/1/CidrIp" (slash-joined
 * as written, through "Fn::If/1"), and RFC 6901 pointers.
 */
#ifndef CFNREACH_DOC_PATH_H
#define CFNREACH_DOC_PATH_H

#include "base/buf.h"
#include "doc/doc.h"

/* The slash-joined path from `from` (an ancestor; NULL: the root) to node; a short-form
 * tag adds its long name as CloudFormation would see it ("!If" gives "Fn::If"; "!Ref", "!Condition"
 * and nodes without tag add nothing). A node not below `from`: path from the root. */
struct str doc_path(struct arena *a, const struct doc_node *from, const struct doc_node *node);

/* RFC 6901 pointer from the root, '~' and '/' escaped, as the node is written. */
struct str doc_pointer(struct arena *a, const struct doc_node *node);

/* The node at a slash-joined path of plain keys and indexes below `from`; NULL if absent. */
const struct doc_node *doc_at(const struct doc_node *from, const char *path);

#endif
