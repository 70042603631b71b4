import type { SourceFile, SourceRange } from './source/source-file.js';
import { suggest } from './source/suggest.js';
import type { YamlNode } from './syntax/yaml/ast.js';
import { resolveScalar } from './syntax/yaml/resolve-scalar.js';

/** Something wrong in a configuration file: nothing is scanned (exit code 2). */
export interface ConfigurationProblem {
  readonly message: string;
  readonly range: SourceRange;
}

/** Whether a text is a day of the calendar as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Reads a YAML tree by declared keys; whatever does not fit becomes a problem at its place. */
export class ConfigurationReader {
  readonly problems: ConfigurationProblem[] = [];

  constructor(readonly source: SourceFile) {}

  problem(node: YamlNode, message: string): undefined {
    this.problems.push({ message, range: { file: this.source, start: node.start, end: node.end } });
    return undefined;
  }

  /** The values of a mapping by key; an unknown key is a problem with a suggestion, as is a key written twice. */
  fields(node: YamlNode, known: readonly string[], what: string): Map<string, YamlNode> {
    const fields = new Map<string, YamlNode>();
    for (const { key, value } of this.entries(node, what)) {
      const name = key.kind === 'scalar' ? key.text : '';
      if (!known.includes(name)) this.problem(key, `"${name}" is not a key of ${what}.${suggest(name, known)}`);
      else if (fields.has(name)) this.problem(key, `"${name}" is written twice in ${what}.`);
      else fields.set(name, value);
    }
    return fields;
  }

  entries(node: YamlNode, what: string): readonly { readonly key: YamlNode; readonly value: YamlNode }[] {
    if (node.kind === 'mapping') return node.entries;
    if (!this.isNull(node)) this.problem(node, `${what} must be a mapping.`);
    return [];
  }

  items(node: YamlNode | undefined, what: string): readonly YamlNode[] {
    if (node === undefined || this.isNull(node)) return [];
    if (node.kind === 'sequence') return node.items;
    this.problem(node, `"${what}" must be a list.`);
    return [];
  }

  text(node: YamlNode | undefined, what: string): string | undefined {
    if (node === undefined || this.isNull(node)) return undefined;
    if (node.kind === 'scalar') return node.text;
    return this.problem(node, `"${what}" must be a text.`);
  }

  texts(node: YamlNode | undefined, what: string): string[] {
    if (node?.kind === 'scalar' && !this.isNull(node)) return [node.text];
    return this.items(node, what)
      .map((item) => this.text(item, what))
      .filter((text) => text !== undefined);
  }

  boolean(node: YamlNode | undefined, what: string): boolean | undefined {
    if (node === undefined || this.isNull(node)) return undefined;
    const value = node.kind === 'scalar' ? resolveScalar(node, 'core') : undefined;
    return value?.kind === 'bool' ? value.value : this.problem(node, `"${what}" must be true or false.`);
  }

  number(node: YamlNode | undefined, what: string): number | undefined {
    if (node === undefined || this.isNull(node)) return undefined;
    const value = node.kind === 'scalar' ? resolveScalar(node, 'core') : undefined;
    return value?.kind === 'number' ? Number(value.text) : this.problem(node, `"${what}" must be a number.`);
  }

  oneOf<T extends string>(node: YamlNode | undefined, choices: readonly T[], what: string): T | undefined {
    const text = this.text(node, what);
    if (text === undefined || node === undefined) return undefined;
    return this.choice(node, text, choices, what);
  }

  /** The choice that a text of the node is; another one is a problem with a suggestion. */
  choice<T extends string>(
    node: YamlNode | undefined,
    text: string,
    choices: readonly T[],
    what: string,
  ): T | undefined {
    const choice = choices.find((candidate) => candidate === text);
    if (choice !== undefined || node === undefined) return choice;
    return this.problem(node, `"${text}" is not a value of "${what}": ${choices.join(', ')}.${suggest(text, choices)}`);
  }

  /** A day as `YYYY-MM-DD`. */
  date(node: YamlNode | undefined, what: string): string | undefined {
    const text = this.text(node, what);
    if (text === undefined || node === undefined) return undefined;
    return isDay(text) ? text : this.problem(node, `"${what}" must be a date such as 2027-01-31.`);
  }

  isNull(node: YamlNode): boolean {
    return node.kind === 'scalar' && resolveScalar(node, 'core').kind === 'null';
  }
}
