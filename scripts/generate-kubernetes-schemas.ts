/**
 * Writes the built-in kinds of Kubernetes as one interned table, out of its published OpenAPI documents.
 *
 *     npx tsx scripts/generate-kubernetes-schemas.ts <folder> <version>   api/openapi-spec/v3 of a release, and which: 1.37.2
 *     npx tsx scripts/generate-kubernetes-schemas.ts --check              only: is the committed table canonical?
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { KubernetesObjectType, KubernetesType } from '../src/schemas/kubernetes-schema.js';
import { parseKubernetesTable, SCALAR_CODES } from '../src/schemas/kubernetes-schema-table.js';

const TABLE = fileURLToPath(new URL('../src/schemas/generated/kubernetes-kinds.ts', import.meta.url));

/** An OpenAPI v3 document, as far as it is read here. */
interface ApiDocument {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaDocument>> };
}
interface SchemaDocument {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly allOf?: readonly SchemaDocument[];
  readonly items?: SchemaDocument;
  readonly additionalProperties?: SchemaDocument;
  readonly properties?: Readonly<Record<string, SchemaDocument>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: readonly KindDocument[];
}
interface KindDocument {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** One kind to be written. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: KubernetesObjectType;
  readonly isNamespaced: boolean;
}

/** Everything that the documents define. */
export function readDocuments(documents: readonly ApiDocument[]): Kind[] {
  const definitions = new Map(documents.flatMap(({ components }) => Object.entries(components.schemas)));
  const namespaced = new Set(documents.flatMap(namespacedKinds));
  const reader = new DefinitionReader(definitions);
  return [...definitions]
    .flatMap(([name, document]) => {
      const [identity, other] = document['x-kubernetes-group-version-kind'] ?? [];
      if (identity === undefined || other !== undefined || !isObject(document)) return [];
      const apiVersion = identity.group === '' ? identity.version : `${identity.group}/${identity.version}`;
      const isNamespaced = namespaced.has(`${apiVersion}/${identity.kind}`);
      return [{ apiVersion, kind: identity.kind, schema: reader.object(name, document), isNamespaced }];
    })
    .sort((a, b) => compare(`${a.apiVersion}/${a.kind}`, `${b.apiVersion}/${b.kind}`));
}

/** Lists and answers have other metadata than objects. */
function isObject({ properties }: SchemaDocument): boolean {
  return properties?.['metadata']?.allOf?.[0]?.$ref?.endsWith('.ObjectMeta') === true;
}

/** The kinds that some path has within a namespace. */
function namespacedKinds({ paths = {} }: ApiDocument): string[] {
  return Object.entries(paths).flatMap(([path, operations]) => {
    // Subresources (a Pod's Eviction, a Deployment's Scale) are no objects of their own.
    if (!/\/namespaces\/\{namespace\}\/[^/]+(\/\{name\})?$/.test(path)) return [];
    return Object.values(operations).flatMap((operation) => {
      const kind = (operation as SchemaOperation | undefined)?.['x-kubernetes-group-version-kind'];
      if (kind === undefined) return [];
      return [`${kind.group === '' ? '' : `${kind.group}/`}${kind.version}/${kind.kind}`];
    });
  });
}

interface SchemaOperation {
  readonly 'x-kubernetes-group-version-kind'?: KindDocument;
}

class DefinitionReader {
  readonly #objects = new Map<string, KubernetesObjectType>();

  constructor(private readonly definitions: ReadonlyMap<string, SchemaDocument>) {}

  object(name: string, document: SchemaDocument): KubernetesObjectType {
    const known = this.#objects.get(name);
    if (known !== undefined) return known;
    const fields = new Map<string, { type: KubernetesType; isRequired: boolean; enum: undefined }>();
    const made: KubernetesObjectType = { kind: 'object', name: shortName(name), fields };
    this.#objects.set(name, made);
    const isKind = document['x-kubernetes-group-version-kind'] !== undefined;
    for (const [field, schema] of Object.entries(document.properties ?? {})) {
      if (isKind && field === 'status') continue;
      const isRequired = document.required?.includes(field) === true;
      fields.set(field, { type: this.type(schema), isRequired, enum: undefined });
    }
    return made;
  }

  type(schema: SchemaDocument): KubernetesType {
    const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
    if (reference !== undefined) return this.#named(reference.slice(reference.lastIndexOf('/') + 1));
    switch (schema.type) {
      case 'string':
        return { kind: schema.format === 'byte' ? 'bytes' : schema.format === 'date-time' ? 'time' : 'string' };
      case 'boolean':
        return { kind: 'bool' };
      case 'integer':
        return { kind: schema.format === 'int32' ? 'int32' : 'int64' };
      case 'number':
        return { kind: 'double' };
      case 'array': {
        const keys = schema['x-kubernetes-list-map-keys'];
        const isSet = schema['x-kubernetes-list-type'] === 'set';
        return { kind: 'list', element: this.type(schema.items ?? {}), keys, isSet };
      }
      default:
        if (schema.additionalProperties === undefined) return { kind: 'any' };
        return { kind: 'map', element: this.type(schema.additionalProperties) };
    }
  }

  #named(name: string): KubernetesType {
    if (name.endsWith('.IntOrString')) return { kind: 'int-or-string' };
    if (name.endsWith('.resource.Quantity')) return { kind: 'quantity' };
    const document = this.definitions.get(name);
    if (document === undefined) throw new Error(`There is no definition "${name}".`);
    return document.properties === undefined ? this.type(document) : this.object(name, document);
  }
}

/** `io.k8s.api.core.v1.PodSpec` → `core.v1.PodSpec`. */
function shortName(name: string): string {
  return name
    .replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis|apiextensions-apiserver\.pkg\.apis)\./, '')
    .replace(/^io\.k8s\.kube-aggregator\.pkg\.apis\./, '');
}

/** Writes kinds as the text that `parseKubernetesTable` reads. Equal kinds give equal text. */
export function encodeKinds(kinds: readonly Kind[]): string {
  const encoder = new Encoder();
  const definitions = new Map<string, KubernetesObjectType>();
  for (const { schema } of kinds) collect(schema, definitions);
  const sorted = [...definitions.values()].sort((a, b) => compare(a.name, b.name));
  sorted.forEach(({ name }, place) => {
    encoder.places.set(name, place.toString(36));
  });
  const lines = sorted.map((definition) => `${definition.name} ${encoder.fields(definition)}`);
  const kindLines = kinds.map(({ apiVersion, kind, schema, isNamespaced }) => {
    return `${apiVersion} ${kind} ${encoder.places.get(schema.name)}${isNamespaced ? ' n' : ''}`;
  });
  return [encoder.lines, lines, kindLines].map((section) => section.join('\n')).join('\n\n');
}

function collect(type: KubernetesType, into: Map<string, KubernetesObjectType>): void {
  if (type.kind === 'list' || type.kind === 'map') collect(type.element, into);
  if (type.kind !== 'object' || into.has(type.name)) return;
  into.set(type.name, type);
  for (const field of type.fields.values()) collect(field.type, into);
}

class Encoder {
  readonly lines: string[] = [];
  readonly places = new Map<string, string>();
  readonly #fields = new Map<string, string>();

  fields({ fields }: KubernetesObjectType): string {
    const sorted = [...fields].sort(([a], [b]) => compare(a, b));
    return sorted.map(([name, { type, isRequired }]) => this.#field(name, type, isRequired)).join(',');
  }

  #field(name: string, type: KubernetesType, isRequired: boolean): string {
    const line = `${name}.${this.#code(type)}.${isRequired ? 'r' : ''}`;
    const known = this.#fields.get(line) ?? this.lines.length.toString(36);
    if (!this.#fields.has(line)) this.lines.push(line);
    this.#fields.set(line, known);
    return known;
  }

  #code(type: KubernetesType): string {
    switch (type.kind) {
      case 'object':
        return `o${this.places.get(type.name)}`;
      case 'map':
        return `m${this.#code(type.element)}`;
      case 'list': {
        const element = this.#code(type.element);
        if (type.keys !== undefined) return `k${type.keys.join('+')}:${element}`;
        return type.isSet ? `S${element}` : `l${element}`;
      }
      default:
        return Object.entries(SCALAR_CODES).find(([, kind]) => kind === type.kind)?.[0] ?? '';
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function render(kinds: readonly Kind[], version: string): string {
  return `// Generated by scripts/generate-kubernetes-schemas.ts; the format is described in ../kubernetes-schema-table.ts.
export const kubernetesKinds = () => \`${version}

${encodeKinds(kinds)}\`;
`;
}

/** The committed table, read and written again. */
async function rewritten(): Promise<string> {
  const { kubernetesKinds } = await import('../src/schemas/generated/kubernetes-kinds.js');
  const schemas = parseKubernetesTable(kubernetesKinds(), {});
  const kinds = schemas.kinds.map((type) => {
    const found = schemas.kind(type);
    if (found === undefined) throw new Error(`The table names "${type}" and does not have it.`);
    const { group, version, kind, schema, isNamespaced } = found;
    return { apiVersion: group === '' ? version : `${group}/${version}`, kind, schema, isNamespaced };
  });
  kinds.sort((a, b) => compare(`${a.apiVersion}/${a.kind}`, `${b.apiVersion}/${b.kind}`));
  return render(kinds, schemas.version);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, version] = process.argv.slice(2);
  if (folder === '--check') {
    if (readFileSync(TABLE, 'utf8') !== (await rewritten())) {
      console.error('src/schemas/generated/kubernetes-kinds.ts is not what its generator writes.');
      process.exitCode = 1;
    }
  } else if (folder === undefined || version === undefined) {
    console.error('Give the folder of the OpenAPI documents and the version of Kubernetes.');
    process.exitCode = 2;
  } else {
    const documents = readdirSync(folder)
      .filter((name) => /^(api__v\d\w*|apis__.+__v\d\w*)_openapi\.json$/.test(name))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ApiDocument);
    writeFileSync(TABLE, render(readDocuments(documents), version));
  }
}
