import { ConfigurationCache } from '../../src/evaluate/terraform/configuration/configuration-cache.js';
import { evaluateTerraform } from '../../src/evaluate/terraform/evaluate-terraform.js';
import type { RootSelection, TerraformEnvironment, TerraformResult } from '../../src/evaluate/terraform/result.js';
import type { RawResource } from '../../src/model/raw-resource.js';
import type { Origin, Value } from '../../src/model/value.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import type { Diagnostic } from '../../src/source/diagnostic.js';
import { LineIndex } from '../../src/source/line-index.js';
import type { SourceRange } from '../../src/source/source-file.js';
import { memoryFileSystem } from './memory-file-system.js';
import { toPlain } from './raw-resource.js';

/** A configuration, evaluated, in a form in which whole results can be asserted. */
export interface EvaluatedFiles {
  readonly result: TerraformResult;
  /** Address → values as plain data; a `?` after the address of what is perhaps not there. */
  readonly resources: Readonly<Record<string, unknown>>;
  /** Outputs of the first root as plain data. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** `code place message`. */
  readonly diagnostics: readonly string[];
  resource(address: string): RawResource;
  value(address: string, ...path: string[]): Value;
  output(name: string): Value;
}

export interface EvaluateOptions {
  readonly root?: Partial<RootSelection>;
  readonly roots?: readonly Partial<RootSelection>[];
  readonly environment?: Partial<TerraformEnvironment>;
  readonly commentPattern?: RegExp;
}

/** Evaluates files that are given by path; the root module is the project root unless another is named. */
export function evaluateFiles(
  files: Readonly<Record<string, string | Uint8Array>> | string,
  { root = {}, roots = [root], environment = {}, commentPattern }: EvaluateOptions = {},
): EvaluatedFiles {
  const fileSystem = memoryFileSystem(typeof files === 'string' ? { 'main.tf': files } : files);
  const input = {
    fileSystem,
    schemas: providerSchemas,
    roots: roots.map((one) => ({ folder: '', kind: 'module' as const, varFiles: [], variables: [], ...one })),
    environment: { variables: new Map(), ...environment },
    commentPattern,
  };
  const result = evaluateTerraform(input, new ConfigurationCache(fileSystem, environment.dataFolder));
  const resource = (address: string): RawResource => {
    const found = result.resources.find((one) => one.address === address);
    if (found === undefined) throw new Error(`no ${address} among ${result.resources.map((one) => one.address)}`);
    return found;
  };
  return {
    result,
    resources: Object.fromEntries(
      result.resources.map((one) => [
        one.existence.kind === 'certain' ? one.address : `${one.address}?`,
        toPlain(one.values),
      ]),
    ),
    outputs: Object.fromEntries([...(result.roots[0]?.outputs ?? [])].map(([name, value]) => [name, toPlain(value)])),
    diagnostics: result.diagnostics.map(showDiagnostic),
    resource,
    value: (address, ...path) => valueAt(resource(address).values, path),
    output(name) {
      const value = result.roots[0]?.outputs.get(name);
      if (value === undefined) throw new Error(`no output ${name}`);
      return value;
    },
  };
}

export function showDiagnostic({ code, message, range, path }: Diagnostic): string {
  return `${code} ${range === undefined ? (path ?? '') : showRange(range)} ${message}`;
}

/** `main.tf:4:3-4:18`, the end not included. */
export function showRange({ file, start, end }: SourceRange): string {
  const lines = new LineIndex(file.text);
  const [from, to] = [lines.position(start), lines.position(end)];
  return `${file.path}:${from.line}:${from.column}-${to.line}:${to.column}`;
}

/** The way of a value, from where it is used to where it is set: `variable main.tf:4:3-4:9`. */
export function showOrigin(origin: Origin | undefined): string[] {
  return origin === undefined ? [] : [`${origin.step} ${showRange(origin)}`, ...showOrigin(origin.from)];
}

/** The value at names and indexes. */
export function valueAt(value: Value, path: readonly string[]): Value {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const inner =
    value.kind === 'object'
      ? value.entries.get(step)
      : value.kind === 'list'
        ? value.elements[Number(step)]
        : undefined;
  if (inner === undefined) throw new Error(`no "${step}" in ${JSON.stringify(toPlain(value))}`);
  return valueAt(inner, rest);
}
