/*
 * What a plain YAML scalar is to CloudFormation, which reads YAML 1.1 ("AWS
 * CloudFormation template formats"). The repository of types at yaml.org/type is
 * followed, with the corners settled so:
 *
 *   - yes/no/on/off in the three usual spellings are booleans; y and n are not;
 *   - 022 is octal 18, 0x16 is 22, 0b11 is 3, 1_000 is 1000; 08 and 0o7 are strings;
 *   - 1:30 is the sexagesimal integer 90, 1:30.5 a float; ::1 is a string;
 *   - 1e3 and 1.5e3 are floats without a sign in the exponent too, as in JSON;
 *   - dates are strings: the timestamp type is not supported there;
 *   - an integer not written in decimal that exceeds 64 bits is a string.
 */
#ifndef CFNREACH_DOC_SCALAR_H
#define CFNREACH_DOC_SCALAR_H

#include "doc/doc.h"

/* The type of a plain scalar; *text (which holds what was written) becomes the
 * canonical form for DOC_INT and DOC_BOOL and is left alone otherwise. New text
 * is put in the arena. */
enum doc_type scalar_plain(struct arena *a, struct str *text);

/* Whether text is written as a value of that type; canonical form as above. For
 * the tags !!int, !!float, !!bool, !!null. False leaves *text alone. */
MUST_CHECK bool scalar_as(struct arena *a, enum doc_type type, struct str *text);

#endif
