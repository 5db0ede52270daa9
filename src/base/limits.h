/*
 * Every bound in one place. A bound that is hit is named in the diagnostic by
 * the words in its comment; nothing is ever cut silently.
 */
#ifndef CFNREACH_BASE_LIMITS_H
#define CFNREACH_BASE_LIMITS_H

enum {
    /* template size: CloudFormation accepts 1 MB from S3 ("CloudFormation quotas"). */
    LIMIT_TEMPLATE_BYTES = 1024 * 1024,
    /* bytes of a file that are read at all, before it is known to be a template. */
    LIMIT_FILE_BYTES = 16 * 1024 * 1024,
    /* bytes of trees that planning has read and the analysis will want again; others are read
     * twice. */
    LIMIT_KEPT_TREES = 16 * 1024 * 1024,
    /* nesting depth of maps and lists. libyaml 0.2.5 is quadratic in it. */
    LIMIT_DEPTH = 200,
    /* characters of a JSON number: more digits than any of a template has; cJSON, which reads
     * what we write, copies a number into 64 bytes. */
    LIMIT_NUMBER_BYTES = 63,
    /* %TAG lines of a YAML document: libyaml compares each with all before it, so thousands take
     * minutes. */
    LIMIT_TAG_LINES = 100,
    /* nodes of one document tree. */
    LIMIT_NODES = 1000 * 1000,
    /* nodes that expanding aliases may add. */
    LIMIT_ALIAS_NODES = 100 * 1000,
    /* nodes that expanding Fn::ForEach may add to a template. */
    LIMIT_LOOP_NODES = 200 * 1000,
    /* depth of intrinsics evaluated inside one another, Refs through conditions included. */
    LIMIT_EVAL_DEPTH = 100,
    /* alternatives of one guarded value. */
    LIMIT_ALTERNATIVES = 1024,
    /* elements before the one that Fn::Select takes, times the places that each may have: those
     * that are not always there move all behind them. */
    LIMIT_SELECT_STEPS = 256 * 1024,
    /* combinations of alternatives to look at: of one rule, route or entry, and of a whole
     * unit. */
    LIMIT_STEPS = 64 * LIMIT_ALTERNATIVES,
    LIMIT_STEPS_TOTAL = 4 * 1000 * 1000,
    /* rules, routes and ACL entries of a unit; a template within the size limit has some ten
     * thousand. */
    LIMIT_RECORDS = 250 * 1000,
    /* different guards among the alternatives that contend for one place. */
    LIMIT_CONTENDING = 12,
    /* pairs of attachments to transit gateways: 316 attachments. */
    LIMIT_TRANSIT_PAIRS = 100 * 1000,
    /* bytes of one value that intrinsics put together, and parts of all its alternatives:
     * 1,024 of a text with 256 variables. */
    LIMIT_VALUE_BYTES = 64 * 1024,
    LIMIT_VALUE_PARTS = 256 * 1024,
    /* nodes of one guard, and of all guards of a unit. */
    LIMIT_GUARD_NODES = 20 * 1000,
    LIMIT_GUARD_TOTAL = 4 * 1000 * 1000,
    /* choices under which one finding or flow holds that --all-witnesses lists. */
    LIMIT_WITNESSES = 64,
    /* outcomes of one variable. */
    LIMIT_OUTCOMES = 4096,
    /* rules that open a range of ports, summed over the ranges of a unit; EC2 has at most 1000
     * rules on an interface, which make half of that if they nest. Beyond it, of each range. */
    LIMIT_OPENERS = 1000 * 1000,
    LIMIT_OPENERS_BEYOND = 16,
    /* regular expressions: match steps, heap in kibibytes, nesting. */
    LIMIT_REGEX_STEPS = 100 * 1000,
    LIMIT_REGEX_DEPTH = 1000,
    LIMIT_REGEX_HEAP_KIB = 1024,
    /* bytes of one regular expression. */
    LIMIT_REGEX_PATTERN_BYTES = 4096,
    /* patterns that templates of one run share, once compiled; bytes of one of them. */
    LIMIT_SHELVED_PATTERNS = 256,
    LIMIT_SHELVED_PATTERN_BYTES = 256,
    /* flows of a unit, each counted with the rules that open it: the endpoints of findings grow
     * with it, and so do reports. */
    LIMIT_FLOWS = 200 * 1000,
    /* policy file size; policies that extend one another: more are a circle through links, or a
     * mistake; bytes of a glob over paths. */
    LIMIT_POLICY_BYTES = 256 * 1024,
    LIMIT_POLICY_LAYERS = 16,
    LIMIT_GLOB_BYTES = 512,
    /* baseline size. */
    LIMIT_BASELINE_BYTES = 64 * 1024 * 1024,
    /* manifest of a CDK assembly; assemblies inside one another. */
    LIMIT_MANIFEST_BYTES = 16 * 1024 * 1024,
    LIMIT_ASSEMBLY_DEPTH = 8,
    /* diagnostics kept of one unit. */
    LIMIT_DIAGNOSTICS = 1000,
    /* analyses of edited bytes that prove fixes: of one template in lint (there fewer
     * for few findings, see fix.c), and of one finding in fix. */
    LIMIT_PROOFS_LINT = 16,
    LIMIT_PROOFS = 40,
    /* memory that the analyses of one run of fix may take in turn, in MiB: what they cost. */
    LIMIT_FIX_MIB = 8 * 1024,
    /* memory of such analyses; beyond it those made first are forgotten. */
    LIMIT_PROOF_BYTES = 64 * 1024 * 1024,
    /* files found in one folder, how deep it is searched, and what git lists of it. */
    LIMIT_FILES = 100 * 1000,
    LIMIT_FOLDER_DEPTH = 64,
    LIMIT_LIST_BYTES = 64 * 1024 * 1024,
    /* nested stacks inside one another; templates analysed together. */
    LIMIT_NESTED_DEPTH = 16,
    LIMIT_UNIT_TEMPLATES = 256
};

#endif
