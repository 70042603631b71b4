import { originAt } from '../../../model/values.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { DataNode, DataStream } from '../../../syntax/data/ast.js';
import { parseData } from '../../../syntax/data/parse-data.js';
import { entryOf, mappingOf, scalarText, sequenceOf } from '../expression/nodes.js';
import type { GivenParameter } from '../stack/parameters.js';
import { parseOverrides } from './overrides.js';
import { readSamConfig } from './sam-config.js';

/** The values that a file gives, by parameter. */
export type ParameterValues = ReadonlyMap<string, GivenParameter>;

/**
 * The values of a parameter file in any form that tools know: the AWS CLI's list, `{"Parameters": …}`, a map of names and
 * values, a list of `Name=Value`, a deployment file of Git sync, samconfig as TOML or YAML. Undefined for what is none.
 */
export function readParameterFile(source: SourceFile): ParameterValues | undefined {
  if (source.path.endsWith('.toml')) return readSamConfig(source)?.parameters;
  const stream = parseData(source, 'cloudformation');
  const [document, ...more] = stream.documents;
  if (document === undefined || document.isBroken || more.length > 0) return undefined;
  return readParameters(document.root, stream) ?? readSamConfig(source)?.parameters;
}

/** The values of a tree in one of the forms. */
export function readParameters(root: DataNode, stream: DataStream): ParameterValues | undefined {
  const list = sequenceOf(root);
  if (list !== undefined) return readList(list.items, stream);
  const mapping = mappingOf(root);
  if (mapping === undefined) return undefined;
  const inner = entryOf(mapping, 'Parameters') ?? (isDeploymentFile(root) ? entryOf(mapping, 'parameters') : undefined);
  const items = sequenceOf(inner)?.items;
  if (items !== undefined) return readList(items, stream);
  const values = mappingOf(inner ?? mapping);
  if (values === undefined || mapping.entries.has('Resources')) return undefined;
  const parameters = new Map<string, GivenParameter>();
  for (const [name, { value }] of values.entries) {
    const given = readValue(value, name, stream);
    if (given !== undefined) parameters.set(name, given);
    // A map in it is no parameter: it is another file.
    else if (mappingOf(value) !== undefined) return undefined;
  }
  return parameters;
}

/** A deployment file of Git sync names its template. */
export function isDeploymentFile(root: DataNode): boolean {
  return scalarText(entryOf(root, 'template-file-path')) !== undefined;
}

function readList(items: readonly DataNode[], stream: DataStream): ParameterValues | undefined {
  const parameters = new Map<string, GivenParameter>();
  for (const item of items) {
    const text = scalarText(item);
    if (text !== undefined) {
      for (const { name, value } of parseOverrides(text)) parameters.set(name, given(value, item, name, stream));
      continue;
    }
    const name = scalarText(entryOf(item, 'ParameterKey'));
    if (name === undefined) return undefined;
    // The value that the stack has already is not known.
    const node = entryOf(item, 'ParameterValue');
    const value = node === undefined ? undefined : readValue(node, name, stream);
    if (value !== undefined && scalarText(entryOf(item, 'UsePreviousValue')) !== 'true') parameters.set(name, value);
  }
  return items.length > 0 && parameters.size === 0 && !items.every((item) => mappingOf(item)) ? undefined : parameters;
}

/** A text, or a list of texts; numbers and booleans as the text that they are. */
function readValue(node: DataNode, name: string, stream: DataStream): GivenParameter | undefined {
  const text = scalarText(node);
  if (text !== undefined) return given(text, node, name, stream);
  const texts = sequenceOf(node)?.items.map(scalarText);
  return texts?.every((one) => one !== undefined) ? given(texts, node, name, stream) : undefined;
}

function given(
  value: string | readonly string[],
  { start, end }: { readonly start: number; readonly end: number },
  name: string,
  { source: file }: { readonly source: SourceFile },
): GivenParameter {
  return { value, origin: originAt({ file, start, end }, 'parameter-file', name) };
}
