import type { Origin } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import type { DataEntry, DataMapping, DataNode, DataScalar } from '../../../syntax/data/ast.js';
import type { Scope } from '../expression/context.js';
import { intrinsicOf, mappingOf, scalarText, sequenceOf } from '../expression/nodes.js';
import { blur } from '../terms/choice.js';
import { isScalar, type PlainTerm, signatureOf, type Term, textOf } from '../terms/term.js';
import { joinNode, textNode } from './generated-nodes.js';

/** SAFETY: how many times the bodies of a template's loops are repeated, and how many nodes that may make. */
const maxExpansions = 10_000;
const maxNodes = 500_000;
/** The key of a loop, before its name. */
const LOOP = 'Fn::ForEach::';
const SECTIONS = ['Conditions', 'Resources', 'Outputs'];

/** What expanding the loops of a template tells beside the tree. */
export class LoopNotes {
  /** A text that a loop made → the element because of which it is there. */
  readonly origins = new WeakMap<object, Origin>();
  /** Names that stand for elements which are not known. */
  readonly values = new Map<string, Term>();
  /** Keys that stand for any number of entries, and the collection that their number depends on. */
  readonly representatives = new Map<string, { readonly keySet: string; readonly subject: string | undefined }>();
}

interface Binding {
  readonly identifier: string;
  /** Undefined where the element is not known: then `name` stands for it. */
  readonly text: string | undefined;
  readonly name: string;
  readonly origin: Origin | undefined;
  readonly keySet: string;
}

type Bindings = readonly Binding[];

/** The template with every `Fn::ForEach` repeated for the elements of its collection. */
export function expandLoops(root: DataMapping, scope: Scope, notes: LoopNotes): DataMapping {
  const expansion = new Expansion(scope, notes);
  const entries = new Map(root.entries);
  for (const section of SECTIONS) {
    const entry = entries.get(section);
    if (entry !== undefined) entries.set(section, { ...entry, value: expansion.expand(entry.value, [], 'plain') });
  }
  return { ...root, entries };
}

/** How a text is read: names in braces stand for values in that of `Fn::Sub` anyway. */
type TextKind = 'plain' | 'sub';

class Expansion {
  #expansions = 0;
  #nodes = 0;
  #isOver = false;

  constructor(
    private readonly scope: Scope,
    private readonly notes: LoopNotes,
  ) {}

  expand(node: DataNode, bindings: Bindings, kind: TextKind): DataNode {
    if (++this.#nodes > maxNodes) return this.#overLimit(node);
    switch (node.kind) {
      case 'alias':
        return bindings.length === 0 ? node : this.expand(node.target, bindings, kind);
      case 'mapping':
        return this.#mapping(node, bindings);
      case 'sequence': {
        const inner = node.tag === '!Sub' || kind === 'sub' ? 'sub' : 'plain';
        const items = node.items.map((item, index) => this.expand(item, bindings, index === 0 ? inner : 'plain'));
        return this.#call({ ...node, items }, bindings);
      }
      case 'string':
        return this.#call(this.#text(node, bindings, node.tag === '!Sub' ? 'sub' : kind), bindings);
      default:
        return node;
    }
  }

  #overLimit(node: DataNode): DataNode {
    if (!this.#isOver) this.scope.report('limit-reached', 'Loops make more than Trueline reads of one template.', node);
    this.#isOver = true;
    return { kind: 'invalid', reason: 'limit-reached', start: node.start, end: node.end };
  }

  /** `Ref` of a loop's identifier is the element itself. */
  #call(node: DataNode, bindings: Bindings): DataNode {
    if (bindings.length === 0) return node;
    const call = intrinsicOf(node, false);
    if (call?.name !== 'Ref') return node;
    const name = scalarText(call.argument);
    const binding = bindings.find(({ identifier }) => identifier === name);
    if (binding === undefined) return node;
    if (binding.text === undefined) return { ...textNode(node, binding.name), tag: '!Ref' };
    return this.#made(textNode(node, binding.text), binding);
  }

  #made(node: DataScalar, { origin }: Binding): DataScalar {
    if (origin !== undefined) this.notes.origins.set(node, origin);
    return node;
  }

  #mapping(node: DataMapping, bindings: Bindings): DataNode {
    const entries = new Map<string, DataEntry>();
    for (const entry of node.entries.values()) {
      if (entry.key.startsWith(LOOP)) this.#loop(entry, bindings, entries);
      else {
        const key = replaceInKey(entry.key, bindings);
        const value = this.expand(entry.value, bindings, entry.key === 'Fn::Sub' ? 'sub' : 'plain');
        this.#add(key === entry.key ? { ...entry, value } : { ...entry, key, spelling: key, value }, bindings, entries);
      }
    }
    return this.#call({ ...node, entries }, bindings);
  }

  #add(entry: DataEntry, bindings: Bindings, into: Map<string, DataEntry>): void {
    if (into.has(entry.key)) {
      const message = `A loop makes "${entry.key}" more than once, and the last one counts.`;
      this.scope.report('yaml-duplicate-key', message, { start: entry.keyStart, end: entry.keyEnd });
    }
    into.set(entry.key, entry);
    const open = bindings.find(({ text }) => text === undefined);
    if (open !== undefined && entry.key.includes('*')) {
      this.notes.representatives.set(entry.key, { keySet: open.keySet, subject: open.name });
    }
  }

  /** `[identifier, collection, {key: body}]` */
  #loop(entry: DataEntry, bindings: Bindings, into: Map<string, DataEntry>): void {
    const at = { start: entry.keyStart, end: entry.keyEnd };
    const [first, collection, body, ...more] = sequenceOf(entry.value)?.items ?? [];
    const identifier = scalarText(first);
    const written = mappingOf(body);
    if (identifier === undefined || collection === undefined || written === undefined || more.length > 0) {
      this.scope.report('cfn-invalid-intrinsic', `"${entry.key}" takes a name, a list and a mapping.`, at);
      into.set(entry.key, entry);
      return;
    }
    const term = this.scope.evaluate(this.expand(collection, bindings, 'plain'));
    for (const binding of this.#bindings(identifier, term, entry)) {
      if (++this.#expansions > maxExpansions || this.#isOver) {
        this.#overLimit(entry.value);
        return;
      }
      const expanded = this.expand(written, [binding, ...bindings], 'plain');
      // An element that is not known leaves open which keys there are.
      if (binding.text === undefined && !holdsIdentifier(written, identifier)) into.set(entry.key, entry);
      for (const made of mappingOf(expanded)?.entries.values() ?? []) this.#add(made, [binding, ...bindings], into);
    }
  }

  /** One for each element that is known, and one that stands for those that are not. */
  *#bindings(identifier: string, term: Term, entry: DataEntry): Generator<Binding> {
    const plain = blur(term);
    const place = `${this.scope.context.file.path}@${entry.keyStart}`;
    const keySet = signatureOf(plain) ?? place;
    const items = plain.kind === 'sequence' ? plain.items : [];
    let unknown: PlainTerm | undefined = plain.kind === 'sequence' ? undefined : plain;
    for (const item of items) {
      const text = isScalar(item) ? textOf(item) : undefined;
      if (text === undefined) unknown ??= blur(item);
      else yield { identifier, text, name: '', origin: originOfElement(item, identifier), keySet };
    }
    const rest = plain.kind === 'sequence' ? plain.rest : undefined;
    if (unknown === undefined && rest === undefined) return;
    const cause =
      unknown?.kind === 'unknown' ? unknown : (rest ?? { reason: 'invalid-expression' as const, subject: identifier });
    const name = `${identifier}#${entry.keyStart}`;
    this.notes.values.set(
      name,
      unknownValue(cause.reason, { subject: cause.subject, notNull: true, identity: `${place}#${keySet}` }),
    );
    yield { identifier, text: undefined, name, origin: plain.origin, keySet };
  }

  #text(node: DataScalar & { readonly kind: 'string' }, bindings: Bindings, kind: TextKind): DataNode {
    if (bindings.length === 0 || !/[$&]\{/.test(node.value)) return node;
    const used = bindings.filter(({ identifier }) => node.value.includes(`{${identifier}}`));
    const [first] = used;
    if (first === undefined) return node;
    // What is made of `&{…}` in a value, the tools do not agree on.
    if (used.some(({ identifier }) => node.value.includes(`&{${identifier}}`))) return this.#unclear(node);
    const isKnown = used.every(({ text }) => text !== undefined);
    if (!isKnown && kind === 'plain') {
      if (node.tag !== undefined) return this.#unclear(node);
      return joinNode(
        node,
        node.value,
        new Map(used.map(({ identifier, text, name }) => [identifier, { text, name }])),
      );
    }
    let value = node.value;
    for (const { identifier, text, name } of used) value = value.replaceAll(`\${${identifier}}`, text ?? `\${${name}}`);
    return this.#made({ ...node, value }, first);
  }

  #unclear(node: DataNode): DataNode {
    const name = 'Fn::ForEach';
    this.notes.values.set(name, unknownValue('unsupported-intrinsic', { subject: name, notNull: true }));
    return { ...textNode(node, name), tag: '!Ref' };
  }
}

function originOfElement(item: Term, identifier: string): Origin | undefined {
  const origin = item.kind === 'choice' ? undefined : item.origin;
  return origin === undefined ? undefined : { ...origin, step: 'for-each', name: identifier };
}

/** `${Id}` and, with letters and digits only, `&{Id}`. An unknown element is a star. */
function replaceInKey(key: string, bindings: Bindings): string {
  if (bindings.length === 0 || !/[$&]\{/.test(key)) return key;
  let replaced = key;
  for (const { identifier, text = '*' } of bindings) {
    replaced = replaced.replaceAll(`\${${identifier}}`, text);
    replaced = replaced.replaceAll(`&{${identifier}}`, text === '*' ? text : text.replace(/[^A-Za-z0-9]/g, ''));
  }
  return replaced;
}

function holdsIdentifier({ entries }: DataMapping, identifier: string): boolean {
  return [...entries.keys()].some((key) => key.includes(`{${identifier}}`) || key.startsWith(LOOP));
}
