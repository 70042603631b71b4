import { canonicalQuantity } from '../../model/quantity.js';
import type { ObjectValue, Origin, Rest, Value } from '../../model/value.js';
import {
  boolValue,
  listValue,
  nullValue,
  numberValue,
  objectValue,
  originAt,
  stringValue,
  unknownValue,
} from '../../model/values.js';
import type { KubernetesObjectType, KubernetesScalarKind, KubernetesType } from '../../schemas/kubernetes-schema.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import { suggest } from '../../source/suggest.js';
import type { DataEntry, DataMapping, DataNode, DataScalar, DataSequence } from '../../syntax/data/ast.js';
import { describeNode, describeType, LIST_TYPE, MAP_TYPE, OBJECT_TYPE, typeOf } from './describe-types.js';
import { mayHoldPlaceholder, toTemplate } from './placeholders.js';

/** Fields in which a placeholder is a text of its own: shells, Kubernetes and other programs read them. */
const LITERAL_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'core.v1.Container': ['command', 'args'],
  'core.v1.EphemeralContainer': ['command', 'args'],
  'core.v1.EnvVar': ['value'],
  'core.v1.ExecAction': ['command'],
  'core.v1.VolumeMount': ['subPathExpr'],
  'core.v1.ConfigMap': ['data', 'binaryData'],
  'core.v1.Secret': ['data', 'stringData'],
  'meta.v1.ObjectMeta': ['annotations'],
  'apiextensions.v1.CustomResourceDefinition': ['spec'],
};

/** Expressions of admission policies have braces and dollar signs of their own. */
const LITERAL_DEFINITIONS = /^admissionregistration\./;

export interface DecodeContext {
  readonly file: SourceFile;
  readonly diagnostics: Diagnostic[];
  /** The object's address, for messages. */
  readonly address: string;
  /** What its kind has no field for, by its path. */
  readonly native: Map<string, Value>;
}

/** SAFETY: how deep values are read; the parsers stop at the same depth. */
const maxDepth = 200;

/**
 * Reads the nodes of one object as the API server does: strictly and case-sensitively by its type. What is of a wrong
 * type is unknown, the rest is judged, though the server would refuse the whole.
 */
export class Decoder {
  readonly #context: DecodeContext;
  readonly #path: (string | number)[] = [];
  /** What an alias stands for, read once for each type that it stands for. */
  #shared: Map<DataNode, Map<KubernetesType, Value>> | undefined;
  #isLiteral = false;

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  object(node: DataMapping, type: KubernetesObjectType): ObjectValue {
    const entries = new Map<string, Value>();
    const origin = this.#origin(node);
    const literals = literalsOf(type.name);
    for (const entry of node.entries.values()) {
      const field = type.fields.get(entry.key);
      if (field === undefined) {
        // The server writes it, nobody else; objects may stand in objects, as the claims of a StatefulSet do.
        if (entry.key !== 'status' || !type.fields.has('apiVersion')) this.#unknownField(entry, type);
        continue;
      }
      const outer = this.#isLiteral;
      if (literals !== undefined) this.#isLiteral ||= literals === 'all' || literals.includes(entry.key);
      this.#path.push(entry.key);
      const value = this.value(entry.value, field.type);
      if (field.enum !== undefined && value !== undefined) this.#checkWord(value, field.enum, entry.value);
      this.#path.pop();
      this.#isLiteral = outer;
      if (value !== undefined) entries.set(entry.key, withMerge(value, entry, this.#context.file));
    }
    return objectValue(OBJECT_TYPE, entries, origin);
  }

  /** Undefined for null: it is not there. */
  value(node: DataNode, type: KubernetesType, isRounded = false): Value | undefined {
    if (node.kind === 'alias') return this.#alias(node.target, type, originAt(this.#range(node), 'alias', node.name));
    if (node.kind === 'invalid') return unknownValue(node.reason, { type: typeOf(type), origin: this.#origin(node) });
    if (node.kind === 'null' && type.kind !== 'any') return undefined;
    if (this.#path.length > maxDepth) return unknownValue('limit-reached', { origin: this.#origin(node) });
    switch (type.kind) {
      case 'object':
        return node.kind === 'mapping' ? this.object(node, type) : this.#wrong(node, type);
      case 'list':
        return node.kind === 'sequence' ? this.#list(node, type.element) : this.#wrong(node, type);
      case 'map':
        return node.kind === 'mapping' ? this.#map(node, type.element) : this.#wrong(node, type);
      case 'any':
        return this.#any(node);
      default:
        return this.#scalar(node, type, isRounded);
    }
  }

  #alias(target: DataNode, type: KubernetesType, use: Origin): Value | undefined {
    this.#shared ??= new Map();
    const known = this.#shared.get(target) ?? new Map<KubernetesType, Value>();
    this.#shared.set(target, known);
    const value = known.get(type) ?? this.value(target, type);
    if (value === undefined) return undefined;
    known.set(type, value);
    return { ...value, origin: { ...use, from: value.origin } };
  }

  #list(node: DataSequence, element: KubernetesType): Value {
    const elements: Value[] = [];
    node.items.forEach((item, index) => {
      this.#path.push(index);
      elements.push(this.value(item, element) ?? this.#nothing(item, element));
      this.#path.pop();
    });
    return listValue(LIST_TYPE, elements, this.#origin(node));
  }

  /** The server reads null in a list as an empty element. */
  #nothing(node: DataNode, type: KubernetesType): Value {
    if (type.kind === 'object') return objectValue(OBJECT_TYPE, new Map(), this.#origin(node));
    return type.kind === 'string' ? stringValue('', this.#origin(node)) : this.#wrong(node, type);
  }

  #map(node: DataMapping, element: KubernetesType): Value {
    const entries = new Map<string, Value>();
    let rest: Rest | undefined;
    for (const entry of node.entries.values()) {
      const name =
        this.#isLiteral || !mayHoldPlaceholder(entry.key)
          ? undefined
          : toTemplate(entry.key, this.#origin(entry.value));
      if (name !== undefined) {
        rest ??= { reason: name.reason, subject: name.subject };
        continue;
      }
      this.#path.push(entry.key);
      // Limits, requests and capacities are kept to thousandths.
      const value = this.value(entry.value, element, true);
      this.#path.pop();
      if (value !== undefined) entries.set(entry.key, withMerge(value, entry, this.#context.file));
    }
    return objectValue(MAP_TYPE, entries, this.#origin(node), rest);
  }

  #scalar(node: DataNode, type: { readonly kind: KubernetesScalarKind }, isRounded: boolean): Value {
    if (node.kind === 'mapping' || node.kind === 'sequence' || node.kind === 'alias' || node.kind === 'invalid')
      return this.#wrong(node, type);
    const origin = this.#origin(node);
    if (node.kind === 'string' && !this.#isLiteral && mayHoldPlaceholder(node.value)) {
      const template = toTemplate(node.value, origin, typeOf(type));
      if (template !== undefined) return template;
    }
    return readScalar(node, type.kind, origin, isRounded) ?? this.#wrong(node, type);
  }

  /** As it is written: of custom resources, and where the server keeps what it does not know. */
  any(node: DataNode): Value {
    const outer = this.#isLiteral;
    this.#isLiteral = true;
    const value = this.#any(node);
    this.#isLiteral = outer;
    return value;
  }

  #any(node: DataNode): Value {
    const origin = this.#origin(node);
    switch (node.kind) {
      case 'mapping': {
        const entries = new Map<string, Value>();
        for (const entry of node.entries.values()) {
          this.#path.push(entry.key);
          const value = this.value(entry.value, ANY);
          this.#path.pop();
          if (value !== undefined) entries.set(entry.key, withMerge(value, entry, this.#context.file));
        }
        return objectValue(OBJECT_TYPE, entries, origin);
      }
      case 'sequence':
        return listValue(
          LIST_TYPE,
          node.items.map((item) => this.value(item, ANY) ?? nullValue(undefined, this.#origin(item))),
          origin,
        );
      case 'string': {
        const template =
          this.#isLiteral || !mayHoldPlaceholder(node.value) ? undefined : toTemplate(node.value, origin);
        return template ?? stringValue(node.value, origin);
      }
      case 'number':
        return numberValue(Number(node.text), origin);
      case 'bool':
        return boolValue(node.value, origin);
      case 'null':
        return nullValue(undefined, origin);
      case 'alias':
      case 'invalid':
        return this.value(node, ANY) ?? nullValue(undefined, origin);
    }
  }

  #wrong(node: DataNode, type: KubernetesType): Value {
    const origin = this.#origin(node);
    if (node.kind === 'string' && !this.#isLiteral && mayHoldPlaceholder(node.value)) {
      const template = toTemplate(node.value, origin, typeOf(type));
      if (template !== undefined) return template;
    }
    this.#context.diagnostics.push({
      code: 'k8s-invalid-value',
      message: `"${this.#pathText()}" of "${this.#context.address}" must be ${describeType(type)}, not ${describeNode(node)}.`,
      range: this.#range(node),
    });
    return unknownValue('invalid-value', { subject: this.#pathText(), type: typeOf(type), origin });
  }

  /** A word that the server does not take is judged as it is written: most policies ask for one that it takes. */
  #checkWord(value: Value, words: readonly string[], node: DataNode): void {
    if (value.kind === 'list') for (const element of value.elements) this.#checkWord(element, words, node);
    if (value.kind !== 'string' || value.value === '' || words.includes(value.value)) return;
    this.#context.diagnostics.push({
      code: 'k8s-invalid-value',
      message: `"${this.#pathText()}" of "${this.#context.address}" must be one of ${words.join(', ')}.${suggest(value.value, words)}`,
      range: this.#range(node),
    });
  }

  #unknownField(entry: DataEntry, type: KubernetesObjectType): void {
    const { file, address, diagnostics, native } = this.#context;
    this.#path.push(entry.key);
    const path = this.#pathText();
    if (entry.value.kind !== 'null' || entry.mergedAt === undefined) {
      diagnostics.push({
        code: 'k8s-unknown-field',
        message: `"${address}" has no field "${path}".${suggest(entry.key, type.fields.keys())}`,
        range: { file, start: entry.keyStart, end: entry.keyEnd },
      });
    }
    native.set(path, this.any(entry.value));
    this.#path.pop();
  }

  #pathText(): string {
    return this.#path.reduce<string>((text, step) => {
      if (typeof step === 'number') return `${text}[${step}]`;
      const isPlain = /^[A-Za-z_$][\w-]*$/.test(step);
      if (!isPlain) return `${text}[${JSON.stringify(step)}]`;
      return text === '' ? step : `${text}.${step}`;
    }, '');
  }

  #range({ start, end }: DataNode) {
    return { file: this.#context.file, start, end };
  }

  #origin({ start, end }: DataNode): Origin {
    return { file: this.#context.file, start, end, step: 'written', name: undefined, from: undefined };
  }
}

const ANY: KubernetesType = { kind: 'any' };

/** Looked up for each object, and the pattern is asked once. */
const literalsByName = new Map<string, readonly string[] | 'all' | undefined>();

function literalsOf(definition: string): readonly string[] | 'all' | undefined {
  if (literalsByName.has(definition)) return literalsByName.get(definition);
  const literals = LITERAL_DEFINITIONS.test(definition) ? 'all' : LITERAL_FIELDS[definition];
  literalsByName.set(definition, literals);
  return literals;
}

/** What comes by a merge key is written elsewhere, and merged here. */
function withMerge(value: Value, { mergedAt }: DataEntry, file: SourceFile): Value {
  return mergedAt === undefined
    ? value
    : { ...value, origin: originAt({ file, start: mergedAt.start, end: mergedAt.end }, 'alias', '<<', value.origin) };
}

function readScalar(
  node: DataScalar,
  kind: KubernetesScalarKind,
  origin: Origin,
  isRounded: boolean,
): Value | undefined {
  switch (kind) {
    case 'string':
    case 'time':
      return node.kind === 'string' ? stringValue(node.value, origin) : undefined;
    case 'bytes':
      return node.kind === 'string' && isBase64(node.value) ? stringValue(node.value, origin) : undefined;
    case 'bool':
      return node.kind === 'bool' ? boolValue(node.value, origin) : undefined;
    case 'int32':
      return node.kind === 'number' ? readInteger(node.text, 31n, origin) : undefined;
    case 'int64':
      return node.kind === 'number' ? readInteger(node.text, 63n, origin) : undefined;
    case 'double':
      return node.kind === 'number' ? numberValue(Number(node.text), origin) : undefined;
    case 'int-or-string':
      if (node.kind === 'string') return stringValue(node.value, origin);
      return node.kind === 'number' ? readInteger(node.text, 31n, origin) : undefined;
    case 'quantity': {
      if (node.kind !== 'string' && node.kind !== 'number') return undefined;
      const canonical = canonicalQuantity(node.kind === 'string' ? node.value : node.text, isRounded);
      return canonical === undefined ? undefined : stringValue(canonical, origin);
    }
    default:
      return undefined;
  }
}

/** `3.0` is 3; a fraction is none, nor is what has too many bits. */
function readInteger(text: string, bits: bigint, origin: Origin): Value | undefined {
  const digits = /^([+-]?\d+)(?:\.0*)?$/.exec(text)?.[1];
  const value = Number(text);
  if (digits === undefined && !Number.isInteger(value)) return undefined;
  if (Math.abs(value) > 2 ** 64) return undefined;
  const exact = digits === undefined ? BigInt(value) : BigInt(digits);
  const limit = 1n << bits;
  return exact >= limit || exact < -limit ? undefined : numberValue(value, origin);
}

function isBase64(text: string): boolean {
  const plain = text.replace(/[\r\n]/g, '');
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}
