import type { SourceFile } from '../../../source/source-file.js';
import type { DataEntry, DataMapping, DataNode, DataStream } from '../../../syntax/data/ast.js';
import { mappingOf, scalarText, sequenceOf } from '../expression/nodes.js';

/** One template file, its sections found. */
export interface Template {
  readonly source: SourceFile;
  readonly stream: DataStream;
  readonly root: DataMapping;
  /** Names of the transforms, in the order in which they are applied. */
  readonly transforms: readonly string[];
  /** Those of them that are macros: what they make of the template is not known. */
  readonly macros: readonly string[];
}

/** Transforms that Trueline applies, and those that change nothing that is judged. */
const KNOWN =
  /^AWS::(LanguageExtensions|Serverless-2016-10-31|SecretsManager-[\d-]+|CodeDeployBlueGreen|ServiceCatalog)$/;

export type Section = 'Parameters' | 'Mappings' | 'Conditions' | 'Resources' | 'Outputs' | 'Rules' | 'Metadata';

/** Whether a document is a template, by what stands in it. `Resources: {}` alone is none. */
export function isTemplate(root: DataNode): boolean {
  const mapping = mappingOf(root);
  if (mapping === undefined) return false;
  if (mapping.entries.has('AWSTemplateFormatVersion')) return true;
  const resources = mappingOf(mapping.entries.get('Resources')?.value);
  if (resources === undefined) return false;
  if (mapping.entries.has('Transform')) return true;
  let isAny = false;
  for (const [name, { value }] of resources.entries) {
    if (name.startsWith('Fn::')) continue;
    if (scalarText(mappingOf(value)?.entries.get('Type')?.value) === undefined) return false;
    isAny = true;
  }
  return isAny;
}

export function readTemplate(stream: DataStream, root: DataMapping): Template {
  const transforms = transformsOf(root.entries.get('Transform')?.value);
  return { source: stream.source, stream, root, transforms, macros: transforms.filter((name) => !KNOWN.test(name)) };
}

/** The entries of a section, empty where it is not there. */
export function sectionOf(root: DataMapping, section: Section): ReadonlyMap<string, DataEntry> {
  return mappingOf(root.entries.get(section)?.value)?.entries ?? NONE;
}

const NONE: ReadonlyMap<string, DataEntry> = new Map();

/** A name, a list of names, or macros with parameters. */
function transformsOf(node: DataNode | undefined): string[] {
  const text = scalarText(node);
  if (text !== undefined) return [text];
  const items = sequenceOf(node)?.items ?? (node === undefined ? [] : [node]);
  return items.flatMap((item) => scalarText(item) ?? scalarText(mappingOf(item)?.entries.get('Name')?.value) ?? []);
}
