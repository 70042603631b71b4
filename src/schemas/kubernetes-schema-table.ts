import { invariant } from '../source/invariant.js';
import type {
  KubernetesField,
  KubernetesKind,
  KubernetesObjectType,
  KubernetesScalarKind,
  KubernetesSchemas,
  KubernetesType,
} from './kubernetes-schema.js';
import { kubernetesTypeName } from './kubernetes-schema.js';

/**
 * A table of kinds as text, four sections divided by an empty line: version, fields, definitions, kinds. Fields are interned,
 * and named by their place in base 36.
 *
 * - fields: `name.code.flags`; codes: one letter of `SCALAR_CODES`, `l` and a code (list), `S` and a code (set),
 *   `kname+protocol:` and a code (list whose elements are told apart by these), `m` and a code (map), `o` and the place of
 *   a definition; flags: `r` required;
 * - definitions: `name field,field,…`;
 * - kinds: `apiVersion kind definition` and `n` where the kind lives in namespaces.
 *
 * `scripts/generate-kubernetes-schemas.ts` writes it.
 */
export const SCALAR_CODES: Readonly<Record<string, KubernetesScalarKind>> = {
  s: 'string',
  b: 'bool',
  i: 'int32',
  I: 'int64',
  f: 'double',
  B: 'bytes',
  t: 'time',
  q: 'quantity',
  x: 'int-or-string',
  a: 'any',
};

/** Definition name and field → the values that the server takes. */
export type KubernetesEnums = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Reads the table. Each definition and field is decoded once, when it is first asked for. */
export function parseKubernetesTable(text: string, enums: KubernetesEnums): KubernetesSchemas {
  const [version = '', fields = '', definitions = '', kinds = ''] = text.split('\n\n');
  const decoder = new Decoder(fields.split('\n'), definitions.split('\n'), enums);
  const lines = new Map<string, string>();
  for (const line of kinds.split('\n')) {
    const [apiVersion = '', kind = ''] = line.split(' ');
    lines.set(kubernetesTypeName(apiVersion, kind), line);
  }
  const known = new Map<string, KubernetesKind>();
  return {
    version,
    kinds: [...lines.keys()].sort(),
    definition: (name) => decoder.byName(name),
    kind: (type) => {
      const line = lines.get(type);
      const made = known.get(type) ?? (line === undefined ? undefined : decodeKind(type, line, decoder));
      if (made !== undefined) known.set(type, made);
      return made;
    },
  };
}

function decodeKind(type: string, line: string, decoder: Decoder): KubernetesKind {
  const [apiVersion = '', kind = '', definition = '', scope = ''] = line.split(' ');
  const slash = apiVersion.indexOf('/');
  return {
    type,
    group: slash === -1 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    isNamespaced: scope === 'n',
    schema: decoder.definition(Number.parseInt(definition, 36)),
  };
}

class Decoder {
  readonly #objects: (KubernetesObjectType | undefined)[] = [];
  readonly #types = new Map<string, KubernetesType>();
  #places: ReadonlyMap<string, number> | undefined;

  constructor(
    private readonly fields: readonly string[],
    private readonly definitions: readonly string[],
    private readonly enums: KubernetesEnums,
  ) {}

  byName(name: string): KubernetesObjectType | undefined {
    this.#places ??= new Map(this.definitions.map((line, place) => [line.slice(0, line.indexOf(' ')), place]));
    const place = this.#places.get(name);
    return place === undefined ? undefined : this.definition(place);
  }

  definition(place: number): KubernetesObjectType {
    const present = this.#objects[place];
    if (present !== undefined) return present;
    const line = this.definitions[place];
    invariant(line !== undefined, `The table of kinds has no definition ${place}.`);
    const [name = '', list = ''] = line.split(' ');
    let fields: ReadonlyMap<string, KubernetesField> | undefined;
    const made: KubernetesObjectType = {
      kind: 'object',
      name,
      // Definitions hold each other: fields are made when they are asked for.
      get fields() {
        fields ??= read();
        return fields;
      },
    };
    const read = () => this.#fieldsOf(name, list);
    this.#objects[place] = made;
    return made;
  }

  #fieldsOf(name: string, list: string): ReadonlyMap<string, KubernetesField> {
    const fields = new Map<string, KubernetesField>();
    for (const place of list === '' ? [] : list.split(',')) {
      const line = this.fields[Number.parseInt(place, 36)];
      invariant(line !== undefined, `The table of kinds has no field ${place}.`);
      const [field = '', code = '', flags = ''] = line.split('.');
      const values = this.enums[name]?.[field];
      fields.set(field, { type: this.#type(code), isRequired: flags === 'r', enum: values });
    }
    return fields;
  }

  #type(code: string): KubernetesType {
    const known = this.#types.get(code);
    if (known !== undefined) return known;
    const made = this.#makeType(code);
    this.#types.set(code, made);
    return made;
  }

  #makeType(code: string): KubernetesType {
    const rest = code.slice(1);
    switch (code[0]) {
      case 'o':
        return this.definition(Number.parseInt(rest, 36));
      case 'l':
      case 'S':
        return { kind: 'list', element: this.#type(rest), keys: undefined, isSet: code[0] === 'S' };
      case 'm':
        return { kind: 'map', element: this.#type(rest) };
      case 'k': {
        const colon = rest.indexOf(':');
        const keys = rest.slice(0, colon).split('+');
        return { kind: 'list', element: this.#type(rest.slice(colon + 1)), keys, isSet: false };
      }
      default: {
        const kind = SCALAR_CODES[code];
        invariant(kind !== undefined, `The table of kinds has no type "${code}".`);
        return { kind };
      }
    }
  }
}
