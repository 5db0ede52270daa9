#!/usr/bin/env node
// Runs the program that the package for this system contains, with our arguments, streams and
// exit status. CFNREACH_BINARY names another one.
"use strict";
const { spawnSync } = require("child_process");
const { constants } = require("os");

function program() {
    if (process.env.CFNREACH_BINARY) {
        return process.env.CFNREACH_BINARY;
    }
    const name = `cfnreach-${process.platform}-${process.arch}`;
    try {
        return require.resolve(`${name}/cfnreach`);
    } catch {
        process.stderr.write(
            `cfnreach: the package ${name} is not installed. Was npm told to leave out optional ` +
            "dependencies (--no-optional, --omit=optional), or the lock file written on another " +
            "system? Otherwise there is none for this system: set CFNREACH_BINARY to a cfnreach " +
            "that you have built.\n");
        process.exit(2);
    }
}

// Ctrl-C goes to the program as well; it decides, and we report how it ended.
process.on("SIGINT", () => {});
const file = program();
const run = spawnSync(file, process.argv.slice(2), { stdio: "inherit" });
if (run.error) {
    process.stderr.write(`cfnreach: ${file} cannot be run: ${run.error.message}\n`);
    process.exit(2);
}
process.exit(run.signal ? 128 + constants.signals[run.signal] : run.status);
