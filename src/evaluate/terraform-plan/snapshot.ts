import { decodeUtf8 } from '../../source/decode-utf8.js';
import { folderOf, joinPath } from '../../source/paths.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { decodeMessagePack } from './msgpack.js';
import { isRecord, listOf, memberOf, textOf } from './plain.js';
import type { Message } from './protobuf.js';
import type { PlannedConfiguration } from './result.js';
import type { ZipArchive } from './zip.js';

const CONFIGURATION = 'tfconfig/';
const MANIFEST = `${CONFIGURATION}modules.json`;

/**
 * The configuration in a plan file, its files at the places that they had beside it; the values that its variables were
 * given as a variable file. Undefined where it holds none.
 */
export function readSnapshot(
  archive: ZipArchive,
  planPath: string,
  variables: readonly Message[],
  { workspace }: { readonly workspace: string | undefined },
): PlannedConfiguration | undefined {
  const modules = readManifest(archive);
  if (modules === undefined) return undefined;
  const folder = folderOf(planPath);
  const files = new Map<string, Uint8Array>();
  for (const { key, directory } of modules) {
    const prefix = `${CONFIGURATION}m-${key}/`;
    for (const name of archive.names) {
      if (!name.startsWith(prefix) || name.slice(prefix.length).includes('/')) continue;
      const bytes = archive.read(name);
      if (bytes !== undefined) files.set(joinPath(folder, directory, name.slice(prefix.length)), bytes);
    }
  }
  const encoder = new TextEncoder();
  const installed = modules.map(({ key, source, directory }) => ({ Key: key, Source: source, Dir: directory }));
  const manifest = JSON.stringify({ Modules: installed });
  files.set(joinPath(folder, '.terraform/modules/modules.json'), encoder.encode(manifest));
  const variableFile = `${planPath}/variables.tfvars.json`;
  files.set(variableFile, encoder.encode(variableText(variables)));
  return { files, folder, variableFile, workspace: workspace === '' ? undefined : workspace };
}

interface SnapshotModule {
  /** The names of the calls that lead to it, with dots between them. */
  readonly key: string;
  readonly source: string;
  readonly directory: string;
}

function readManifest(archive: ZipArchive): SnapshotModule[] | undefined {
  const bytes = archive.read(MANIFEST);
  const text = bytes === undefined ? undefined : decodeUtf8(bytes);
  if (text === undefined) return undefined;
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    return undefined;
  }
  const modules = listOf(plain).filter(isRecord);
  return modules.map((module) => ({
    key: textOf(memberOf(module, 'Key')) ?? '',
    source: textOf(memberOf(module, 'Source')) ?? '',
    directory: (textOf(memberOf(module, 'Dir')) ?? '.').replace(/\\/g, '/'),
  }));
}

/** `{ "name": value }` for what was given from outside; a map's entry holds its name, and its value in MessagePack. */
function variableText(variables: readonly Message[]): string {
  const members = variables.flatMap((entry) => {
    const bytes = entry.messages(2)[0]?.bytes(1);
    const value = bytes === undefined ? undefined : decodeMessagePack(bytes);
    if (value === undefined || value.unknown !== undefined) return [];
    return [`${JSON.stringify(entry.text(1))}: ${jsonText(value.node)}`];
  });
  return `{\n${members
    .sort()
    .map((member) => `  ${member}`)
    .join(',\n')}\n}\n`;
}

function jsonText(node: JsonNode): string {
  switch (node.kind) {
    case 'string':
    case 'bool':
      return JSON.stringify(node.value);
    case 'number':
      return node.text;
    case 'null':
      return 'null';
    case 'array':
      return `[${node.elements.map(jsonText).join(', ')}]`;
    case 'object':
      return `{${node.members.map(({ key, value }) => `${JSON.stringify(key)}: ${jsonText(value)}`).join(', ')}}`;
  }
}
