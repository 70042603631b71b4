import type { ResourceIdentity } from './planned.js';

/** One call of `module.a["x"].module.b`: its name, and its instance key in brackets, empty without one. */
export interface ModuleStep {
  readonly name: string;
  readonly key: string;
}

const STEP = /module\.([^.[]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.?/gy;

/** The calls that lead to a module, from the root inwards. */
export function moduleSteps(address: string): ModuleStep[] {
  const steps: ModuleStep[] = [];
  STEP.lastIndex = 0;
  for (let found = STEP.exec(address); found !== null; found = STEP.exec(address))
    steps.push({ name: found[1] ?? '', key: found[2] ?? '' });
  return steps;
}

const RESOURCE =
  /^((?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.)*)(data\.)?([^.[\s]+)\.([^.[\s]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?$/;

/** The address of an instance in its parts; undefined where it is none. */
export function parseAddress(address: string): ResourceIdentity | undefined {
  const found = RESOURCE.exec(address);
  if (found === null) return undefined;
  const [, module = '', data, type = '', name = '', key = ''] = found;
  return { address, module: module.slice(0, -1), mode: data === undefined ? 'managed' : 'data', type, name, key };
}

/** `[0]`, `["x"]`, or nothing for a resource that is no instance of several. */
export function keyText(index: unknown): string {
  if (typeof index === 'number') return `[${index}]`;
  // As Terraform writes it: a template in a key must not be read as one.
  return typeof index === 'string' ? `[${JSON.stringify(index).replace(/([$%])(?=\{)/g, '$1$1')}]` : '';
}

/** A part of a reference: a name, or an index in brackets. */
export type ReferencePart = { readonly name: string } | { readonly index: string };

const PART = /\.?([A-Za-z_][\w-]*|\*)|\[("(?:[^"\\]|\\.)*"|\d+|\*)\]/gy;

/** `aws_s3_bucket.b["x"].arn` in its parts. */
export function referenceParts(text: string): ReferencePart[] {
  const parts: ReferencePart[] = [];
  PART.lastIndex = 0;
  for (let found = PART.exec(text); found !== null; found = PART.exec(text)) {
    const [, name, index = ''] = found;
    parts.push(name === undefined ? { index: `[${index}]` } : { name });
  }
  return parts;
}
