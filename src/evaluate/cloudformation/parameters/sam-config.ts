import { originAt } from '../../../model/values.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { DataNode } from '../../../syntax/data/ast.js';
import { parseData } from '../../../syntax/data/parse-data.js';
import { entryOf, mappingOf, scalarText, sequenceOf } from '../expression/nodes.js';
import type { GivenParameter } from '../stack/parameters.js';
import { parseOverrides } from './overrides.js';
import { parseToml, type TomlNode } from './toml.js';

/** What `sam deploy` takes from a configuration file without being asked: the environment "default". */
export interface SamConfig {
  readonly templateFile: string | undefined;
  readonly stackName: Setting | undefined;
  readonly region: Setting | undefined;
  readonly parameters: ReadonlyMap<string, GivenParameter>;
  /** The environments beside "default", sorted. */
  readonly otherEnvironments: readonly string[];
}

interface Setting {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Where settings stand, the later before the earlier. */
const COMMANDS = ['global', 'deploy'];

/** TOML and YAML alike. */
interface Node {
  readonly start: number;
  readonly end: number;
  text(): string | undefined;
  items(): readonly Node[] | undefined;
  get(key: string): Node | undefined;
  keys(): Iterable<string>;
}

/** Reads `samconfig.toml` or `samconfig.yaml`. Undefined for what is neither. */
export function readSamConfig(source: SourceFile): SamConfig | undefined {
  const root = source.path.endsWith('.toml') ? tomlRoot(source) : dataRoot(source);
  if (root === undefined || root.get('version') === undefined) return undefined;
  const environment = root.get('default');
  const settings = COMMANDS.flatMap((command) => environment?.get(command)?.get('parameters') ?? []);
  const setting = (name: string): Setting | undefined => {
    const node = settings.flatMap((one) => one.get(name) ?? []).at(-1);
    const text = node?.text();
    return node === undefined || text === undefined ? undefined : { text, start: node.start, end: node.end };
  };
  const overrides = settings.flatMap((one) => one.get('parameter_overrides') ?? []).at(-1);
  return {
    templateFile: setting('template_file')?.text ?? setting('template')?.text,
    stackName: setting('stack_name'),
    region: setting('region'),
    parameters: overrides === undefined ? new Map() : readOverrides(overrides, source),
    otherEnvironments: [...root.keys()].filter((name) => name !== 'default' && name !== 'version').sort(),
  };
}

/** One text, a list of texts, or a map. */
function readOverrides(node: Node, file: SourceFile): Map<string, GivenParameter> {
  const parameters = new Map<string, GivenParameter>();
  const set = (name: string, value: string, start: number, end: number) =>
    parameters.set(name, { value, origin: originAt({ file, start, end }, 'parameter-file', name) });
  const items = node.items() ?? [node];
  for (const item of items) {
    const text = item.text();
    if (text === undefined) {
      for (const name of item.keys()) {
        const inner = item.get(name);
        const value = inner?.text();
        if (inner !== undefined && value !== undefined) set(name, value, inner.start, inner.end);
      }
      continue;
    }
    // Where nothing is escaped, each value has its own place.
    const at = file.text.indexOf(text, item.start);
    const isVerbatim = at !== -1 && at + text.length <= item.end;
    for (const { name, value, start, end } of parseOverrides(text)) {
      if (isVerbatim) set(name, value, at + start, at + end);
      else set(name, value, item.start, item.end);
    }
  }
  return parameters;
}

function tomlRoot({ text }: SourceFile): Node | undefined {
  const root = parseToml(text);
  return root === undefined ? undefined : tomlNode(root);
}

function tomlNode(node: TomlNode): Node {
  return {
    start: node.start,
    end: node.end,
    text: () => (node.kind === 'string' ? node.value : node.kind === 'other' ? node.text : undefined),
    items: () => (node.kind === 'array' ? node.items.map(tomlNode) : undefined),
    get: (key) => {
      const inner = node.kind === 'table' ? node.entries.get(key) : undefined;
      return inner === undefined ? undefined : tomlNode(inner);
    },
    keys: () => (node.kind === 'table' ? node.entries.keys() : []),
  };
}

function dataRoot(source: SourceFile): Node | undefined {
  const document = parseData(source, 'cloudformation').documents[0];
  return document === undefined || document.isBroken ? undefined : dataNode(document.root);
}

function dataNode(node: DataNode): Node {
  return {
    start: node.start,
    end: node.end,
    text: () => scalarText(node),
    items: () => sequenceOf(node)?.items.map(dataNode),
    get: (key) => {
      const inner = entryOf(node, key);
      return inner === undefined ? undefined : dataNode(inner);
    },
    keys: () => mappingOf(node)?.entries.keys() ?? [],
  };
}
