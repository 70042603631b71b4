import { DYNAMIC, STRING } from '../../../model/type.js';
import type { Origin, StringValue, Value } from '../../../model/value.js';
import { boolValue, nullValue } from '../../../model/values.js';
import { severityOf } from '../../../source/diagnostic.js';
import type { YamlMapping, YamlNode, YamlScalar } from '../../../syntax/yaml/ast.js';
import { parseYaml, resolveScalar } from '../../../syntax/yaml/parse-yaml.js';
import { unsupportedTag } from '../../../syntax/yaml/resolve-scalar.js';
import { objectOf, tupleOf } from '../values/collections.js';
import { BEYOND, formatNumber, parseNumber } from '../values/number.js';
import { anyParameter, argumentAt, define, textParameter, textValue } from './define.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction } from './function.js';
import { renderYaml } from './yaml-writer.js';

const yamlencode = define({
  name: 'yamlencode',
  parameters: [anyParameter('value', 'n')],
  returns: STRING,
  call: (args) => textValue(renderYaml(argumentAt(args, 0))),
});

const yamldecode = define({
  name: 'yamldecode',
  parameters: [textParameter('src')],
  returns: DYNAMIC,
  isNeverNull: false,
  call(args) {
    const source = argumentAt(args, 0);
    if (source.kind !== 'string') return nullValue();
    const root = documentOf(source.value);
    if (root === undefined) return nullValue();
    return new YamlReader(source).value(blockAtRoot(source.value) ?? root);
  },
});

/** A block scalar that says how far its lines are indented: `|2-`. */
const INDENTED_BLOCK = /^[|>][+-]?[1-9]/;

/**
 * Such a block as the whole document, whose lines Terraform's parser takes to be indented by so much, and not by one less
 * as YAML 1.2 has it.
 */
function blockAtRoot(text: string): YamlNode | undefined {
  if (!INDENTED_BLOCK.test(text)) return undefined;
  const [root] = parseYaml({ path: 'yamldecode', text: `- ${text}` }).documents;
  const block = root?.kind === 'sequence' ? root.items[0] : undefined;
  return block && { ...block, start: block.start - 2, end: block.end - 2 };
}

const DOCUMENT_START = /^---(?=\s|$)/m;

/** The only document of a text; undefined where it is empty. */
function documentOf(text: string): YamlNode | undefined {
  const stream = parseYaml({ path: 'yamldecode', text });
  const problem = stream.diagnostics.find((diagnostic) => severityOf(diagnostic.code) === 'error');
  if (problem?.code === 'limit-reached') throw new FunctionLimit(problem.message, 0);
  if (problem !== undefined) throw new FunctionFailure(problem.message, 0);
  const [root] = stream.documents;
  if (root === undefined) {
    if (DOCUMENT_START.test(text)) return undefined;
    throw new FunctionFailure('missing start of document', 0);
  }
  if (stream.documents.length > 1 || DOCUMENT_START.test(text.slice(root.end))) {
    throw new FunctionFailure('unexpected extra content after value', 0);
  }
  return root;
}

/** The largest whole number that YAML's `0x` and `0o` are read as. */
const maxBasedInteger = 2n ** 64n - 1n;

class YamlReader {
  readonly #done = new Map<YamlNode, Value>();

  constructor(readonly source: StringValue) {}

  value(node: YamlNode): Value {
    const before = this.#done.get(node);
    if (before !== undefined) return before;
    const tag = unsupportedTag(node, 'terraform');
    if (tag !== undefined) throw new FunctionFailure(`unsupported tag "${tag}"`, 0);
    const made = this.#make(node);
    const origin = this.#originOf(node);
    const value = origin === undefined ? made : { ...made, origin };
    this.#done.set(node, value);
    return value;
  }

  #make(node: YamlNode): Value {
    if (node.kind === 'scalar') return scalarValue(node);
    if (node.kind === 'sequence') return tupleOf(node.items.map((item) => this.value(item)));
    return objectOf(this.#entries(node));
  }

  /** Of equal keys the last one counts, and what `<<` merges stands where it is written. */
  #entries(node: YamlMapping): ReadonlyMap<string, Value> {
    const entries = new Map<string, Value>();
    for (const { key, value } of node.entries) {
      const name = keyOf(key);
      const entry = this.value(value);
      if (name !== '<<') entries.set(name, entry);
      else if (entry.kind === 'object') for (const [inner, one] of entry.entries) entries.set(inner, one);
      else throw new FunctionFailure(`cannot merge ${entry.kind === 'list' ? 'tuple' : entry.kind} into mapping`, 0);
    }
    return entries;
  }

  /** Where the node is written, if the text is a file as it is. */
  #originOf({ start, end }: YamlNode): Origin | undefined {
    const { layout, value } = this.source;
    if (layout === undefined || layout.file.text !== value || layout.segments.length !== 1) return undefined;
    return { file: layout.file, start, end, step: 'file', name: layout.file.path };
  }
}

function scalarValue(node: YamlScalar): Value {
  const resolved = resolveScalar(node, 'terraform');
  switch (resolved.kind) {
    case 'null':
      return nullValue();
    case 'bool':
      return boolValue(resolved.value);
    case 'string':
      return textValue(resolved.value);
    case 'number':
      return numberOf(node, resolved.text);
  }
}

function numberOf(node: YamlScalar, text: string): Value {
  if (text === 'NaN') throw new FunctionFailure('floating point NaN is not supported', 0);
  if (text === 'Infinity' || text === '-Infinity') return { kind: 'number', value: Number(text) };
  const isBased = /^0[xo]/.test(node.text);
  const number = isBased && BigInt(text) > maxBasedInteger ? undefined : parseNumber(text);
  if (number === BEYOND) throw new FunctionLimit('a number is beyond those that Trueline computes', 0);
  if (number === undefined) throw new FunctionFailure(`cannot parse "${node.text.slice(0, 100)}" as a number`, 0);
  return number;
}

function keyOf(node: YamlNode): string {
  if (node.kind !== 'scalar') throw new FunctionFailure('only strings are allowed as mapping keys', 0);
  const tag = unsupportedTag(node, 'terraform');
  if (tag !== undefined) throw new FunctionFailure(`unsupported tag "${tag}"`, 0);
  const key = scalarValue(node);
  if (key.kind === 'string') return key.value;
  if (key.kind === 'number') return formatNumber(key);
  if (key.kind === 'bool') return String(key.value);
  throw new FunctionFailure('mapping key cannot be null', 0);
}

export const yamlFunctions: readonly TerraformFunction[] = [yamldecode, yamlencode];
