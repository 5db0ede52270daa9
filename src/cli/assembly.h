/*
 * The folder that `cdk synth` writes: manifest.json says which of its files are stacks, under
 * which names and with which parameters ("cloud assembly", aws-cdk: cloud-assembly-schema).
 *
 *     {"artifacts": {"Net": {"type": "aws:cloudformation:stack",
 *                            "properties": {"templateFile": "Net.template.json"}},
 *                    "Stage": {"type": "cdk:cloud-assembly",
 *                              "properties": {"directoryName": "assembly-Stage"}}}}
 */
#ifndef CFNREACH_CLI_ASSEMBLY_H
#define CFNREACH_CLI_ASSEMBLY_H

#include "cli/discover.h"

/* Adds the stacks of a folder, and of the assemblies in it, in the order of the manifest. False if
 * it is no assembly: it has no manifest.json, or that has no artifacts. What is wrong with one
 * that is, is diagnosed; also a manifest that cannot be read or parsed, where the folder is called
 * cdk.out or holds other files of the CDK. depth: of folders around it. */
MUST_CHECK bool assembly_read(struct arena *a, struct str folder, unsigned depth,
                              struct found *found, struct diags *d);

#endif
