/*
 * `--dump=doc`: the tree as indented lines "offsets kind style tag text", for tests
 * and for people who debug.
 */
#ifndef CFNREACH_DOC_DUMP_H
#define CFNREACH_DOC_DUMP_H

#include "base/buf.h"
#include "doc/doc.h"

void doc_dump(const struct doc *doc, struct buf *out);

#endif
