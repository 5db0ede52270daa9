// cfn-validate is on npm as a library without a command: this is the shortest command there is.
//
//     node validate.mjs FOLDER-WITH-node_modules TEMPLATE-OR-FOLDER
//
// Prints a line for each diagnostic: the rule and the resource.
import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [home, path] = process.argv.slice(2);
const { RegoEngine, TemplateFile } = createRequire(home + "/")("@aws/cloudformation-validate");
const files = statSync(path).isDirectory() ? readdirSync(path).map((f) => join(path, f)) : [path];
const engine = new RegoEngine();
for (const file of files) {
    try {
        for (const found of engine.validateStandard(new TemplateFile(file)).diagnostics) {
            console.log(found.ruleId, found.entity?.logicalId ?? "");
        }
    } catch (fault) {
        console.log(file, String(fault));
    }
}
engine.free();
