import { unknownValue } from '../../model/values.js';
import { joinPath } from '../../source/paths.js';
import type { Attribute, HclFile } from '../../syntax/hcl/ast.js';
import { toBody } from '../../syntax/hcl/to-body.js';
import type { ConfigurationCache } from './configuration/configuration-cache.js';
import { evaluateConstant } from './modules/constant.js';
import type { Module, VariableInput } from './modules/module.js';
import type { World } from './modules/world.js';

/** The values that a root module's variables are given from outside. */
export interface RootInputs {
  readonly inputs: ReadonlyMap<string, (module: () => Module) => VariableInput>;
  /** The variable files that were read, in order of precedence, the weakest first. */
  readonly files: readonly string[];
}

/**
 * Terraform's order, each step over the one before: `TF_VAR_`, `terraform.tfvars`, `terraform.tfvars.json`,
 * `*.auto.tfvars(.json)` in lexical order, then `-var-file` and `-var` as given.
 */
export function readRootInputs(world: World): RootInputs {
  const { selection, cache, environment } = world;
  const inputs = new Map<string, (module: () => Module) => VariableInput>();
  const declared = cache.module(selection.folder)?.variables ?? new Map<string, unknown>();
  for (const [name, text] of environment.variables) {
    if (declared.has(name))
      inputs.set(name, () => ({ kind: 'text', text, source: { path: `TF_VAR_${name}`, text }, step: 'environment' }));
  }
  const automatic = (cache.listing(selection.folder)?.variableFiles ?? []).map((name) =>
    joinPath(selection.folder, name),
  );
  const files = [...automatic, ...selection.varFiles];
  for (const path of files) addFile(cache, path, { inputs, declared, world });
  for (const { name, text } of selection.variables) {
    if (declared.has(name))
      inputs.set(name, () => ({ kind: 'text', text, source: { path: `-var ${name}`, text }, step: 'flag' }));
  }
  return { inputs, files };
}

interface FileTarget {
  readonly inputs: Map<string, (module: () => Module) => VariableInput>;
  readonly declared: ReadonlyMap<string, unknown>;
  readonly world: World;
}

function addFile(cache: ConfigurationCache, path: string, { inputs, declared, world }: FileTarget): void {
  const file = cache.file(path);
  const body = file === undefined ? undefined : toBody(file.body, () => undefined, file.source).body;
  // What could not be read may be the value of any variable.
  if (body === undefined || body.isIncomplete === true)
    for (const name of declared.keys()) inputs.set(name, () => lostInput(name, path));
  if (file === undefined || body === undefined) return;
  for (const { header, type } of body.blocks) {
    world.report({
      code: 'terraform-block-not-read',
      message: 'A variable file holds values only, no blocks.',
      range: { file: file.source, start: header.start, end: header.end },
    });
    if (declared.has(type)) inputs.set(type, () => lostInput(type, path));
  }
  for (const attribute of body.attributes) {
    if (!declared.has(attribute.name)) {
      const { start, end } = attribute.nameRange;
      world.report({
        code: 'terraform-undeclared-variable',
        message: `There is no variable "${attribute.name}" that this could be the value of.`,
        range: { file: file.source, start, end },
      });
    } else inputs.set(attribute.name, (module) => fileInput(file, attribute, module));
  }
}

/** A value that is perhaps given where it could not be read. */
function lostInput(name: string, path: string): VariableInput {
  return {
    kind: 'value',
    evaluate: () => unknownValue('outside-input', { subject: path }),
    step: { file: { path, text: '' }, start: 0, end: 0, step: 'tfvars', name: `var.${name}` },
  };
}

function fileInput(file: HclFile, attribute: Attribute, module: () => Module): VariableInput {
  const { source } = file;
  const { expression } = attribute;
  return {
    kind: 'value',
    evaluate: () => evaluateConstant(expression, source, module().world.report),
    step: { file: source, start: expression.start, end: expression.end, step: 'tfvars', name: `var.${attribute.name}` },
  };
}
