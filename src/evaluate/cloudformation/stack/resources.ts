import { DYNAMIC } from '../../../model/type.js';
import type { UnknownValue } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import { suggest } from '../../../source/suggest.js';
import type { DataEntry } from '../../../syntax/data/ast.js';
import { namedCondition } from '../expression/conditions.js';
import { type Place, Scope } from '../expression/context.js';
import { evaluateEntry } from '../expression/evaluate.js';
import { isIntrinsicName, plainMappingOf, scalarText } from '../expression/nodes.js';
import type { Assumption } from '../terms/assumption.js';
import { lift } from '../terms/choice.js';
import { TRUE } from '../terms/formula.js';
import { absentTerm, invalidExpression, type Term } from '../terms/term.js';
import { opaque } from './compare.js';
import { isCustom, isModule, NESTED_TYPES, type ResourceDeclaration, readDeclaration } from './resource-declaration.js';
import { attributeOf, type Identifiable, referenceTo } from './resource-values.js';
import type { NestedStack, ResourceHost } from './stack-place.js';

/** SAFETY: how deep properties of resources refer to properties of others. */
const maxPropertyDepth = 120;

/** What a property was found to be: mostly it is asked for under one assumption only. */
interface Memo {
  isPending: boolean;
  assumption: Assumption | undefined;
  term: Term | undefined;
  others: Map<Assumption, Term | undefined> | undefined;
}

function remember(memo: Memo, assumption: Assumption, term: Term | undefined): void {
  if (memo.assumption === undefined) {
    memo.assumption = assumption;
    memo.term = term;
    return;
  }
  memo.others ??= new Map();
  memo.others.set(assumption, term);
}

/** The resources of one stack: their declarations, and their properties, each evaluated when it is first asked for. */
export class Resources<Child extends NestedStack> {
  readonly #declarations = new Map<string, ResourceDeclaration | undefined>();
  readonly #properties = new Map<string, Map<string, Memo>>();
  #depth = 0;
  readonly #children = new Map<string, Child | undefined>();
  /** Logical id → those that it refers to, as far as it was evaluated. */
  readonly references = new Map<string, Set<string>>();

  constructor(
    private readonly host: ResourceHost,
    private readonly nest: (declaration: ResourceDeclaration, assumption: Assumption) => Child | undefined,
  ) {}

  /** Every resource that is declared, by logical id, sorted. */
  *declarations(): Generator<ResourceDeclaration> {
    for (const name of [...this.host.expanded.section('Resources').keys()].sort()) {
      const declaration = this.declaration(name);
      if (declaration !== undefined) yield declaration;
    }
  }

  declaration(name: string): ResourceDeclaration | undefined {
    if (this.#declarations.has(name)) return this.#declarations.get(name);
    const entry = this.host.expanded.section('Resources').get(name);
    if (entry === undefined) return undefined;
    if (isIntrinsicName(name)) return this.#reportMacro(name, entry);
    const declaration = this.#declare(name, entry);
    this.#declarations.set(name, declaration);
    return declaration;
  }

  /** What a function makes of the section is not read. Loops are reported where they are expanded. */
  #reportMacro(name: string, { keyStart: start, keyEnd: end }: DataEntry): undefined {
    if (name.startsWith('Fn::ForEach::')) return;
    const message = `What "${name}" makes of the resources is not known, and not read.`;
    this.host.report('cfn-macro', message, { start, end });
  }

  #declare(name: string, entry: DataEntry): ResourceDeclaration | undefined {
    const { host } = this;
    const at = { start: entry.keyStart, end: entry.keyEnd };
    const read = readDeclaration(name, entry);
    if ('problem' in read) {
      host.report('cfn-not-a-mapping', read.problem, at);
      return undefined;
    }
    const { notes, declaredIn } = host.expanded;
    const representative = notes.representatives.get(name);
    if (representative === undefined && !/^[A-Za-z0-9]+$/.test(name))
      host.report(
        'cfn-invalid-intrinsic',
        `The logical id "${name}" has other characters than letters and digits.`,
        at,
      );
    const node = read.body.entries.get('Condition')?.value;
    const condition = scalarText(node);
    const conditioned =
      condition === undefined || node === undefined ? TRUE : namedCondition(condition, host.scope, node);
    const looped =
      representative === undefined
        ? TRUE
        : opaque(
            `loop\0${representative.keySet}`,
            { reason: 'uncertain-existence', subject: name },
            host.place.assumption,
          );
    const { entry: own, body, type, properties } = read;
    const formula = looped === TRUE ? conditioned : host.logic.all([conditioned, looped]);
    const keySet = representative?.keySet;
    return { name, entry: own, body, type, properties, condition, formula, declaredIn: declaredIn.get(name), keySet };
  }

  /** What is assumed within a resource: that it exists. Undefined where it never does. */
  assumptionOf({ formula }: ResourceDeclaration, assumption = this.host.place.assumption): Assumption | undefined {
    return assumption.assume(formula);
  }

  addressOf({ name }: ResourceDeclaration): string {
    return `${this.host.place.prefix}${name}`;
  }

  /** What `Ref` gives; undefined where there is no such resource. */
  reference(name: string, scope: Scope): Term | undefined {
    const resource = this.declaration(name);
    if (resource === undefined) return this.#unread(name);
    this.#note(scope.holder, name);
    const assumption = this.assumptionOf(resource, scope.assumption);
    // Where it does not exist, CloudFormation refuses to refer to it.
    if (assumption === undefined) return invalidExpression(undefined, `${name}.Ref`);
    if (isModule(resource.type)) return this.#made(resource, 'Ref');
    return referenceTo(this.#identifiable(resource, assumption), assumption);
  }

  /** What `Fn::GetAtt` gives; undefined where there is no such resource. */
  attribute(name: string, attribute: string, scope: Scope, at: Place): Term | undefined {
    const resource = this.declaration(name) ?? this.#moduleOf(name);
    if (resource === undefined) return this.#unread(name);
    this.#note(scope.holder, resource.name);
    const assumption = this.assumptionOf(resource, scope.assumption);
    if (assumption === undefined) return invalidExpression(undefined, `${name}.${attribute}`);
    const { type } = resource;
    if (NESTED_TYPES.has(type) && attribute.startsWith('Outputs.')) {
      return this.#output(resource, attribute, assumption, at);
    }
    if (isCustom(type) || isModule(type)) return this.#made(resource, attribute);
    const found = attributeOf(this.#identifiable(resource, assumption), attribute, assumption);
    if (found !== undefined) return found;
    const known = this.host.world.schemas.resource(type)?.attributes.keys() ?? [];
    this.host.report(
      'cfn-invalid-intrinsic',
      `"${type}" has no attribute "${attribute}".${suggest(attribute, known)}`,
      at,
    );
    return invalidExpression(undefined, `${name}.${attribute}`);
  }

  /** What is declared and could not be read was reported there. */
  #unread(name: string): UnknownValue | undefined {
    const isDeclared = this.host.expanded.section('Resources').has(name);
    return isDeclared ? unknownValue('invalid-value', { subject: name, notNull: true }) : undefined;
  }

  /** A resource of a module is called by both names: `ModInner`. */
  #moduleOf(name: string): ResourceDeclaration | undefined {
    for (const declaration of this.declarations()) {
      if (isModule(declaration.type) && name.startsWith(declaration.name)) return declaration;
    }
    return undefined;
  }

  #note(holder: string | undefined, name: string): void {
    if (holder === undefined) return;
    const known = this.references.get(holder);
    if (known === undefined) this.references.set(holder, new Set([name]));
    else known.add(name);
  }

  #output(resource: ResourceDeclaration, attribute: string, assumption: Assumption, at: Place): Term {
    const child = this.child(resource);
    if (child === undefined) return this.#made(resource, attribute);
    const name = attribute.slice('Outputs.'.length);
    const value = child.output(name, assumption);
    if (value !== undefined) return value;
    this.host.report('cfn-unknown-reference', `The nested stack "${resource.name}" has no output "${name}".`, at);
    return invalidExpression(undefined, `${resource.name}.${attribute}`);
  }

  /** The stack that a resource stands for, where its template is here. */
  child(declaration: ResourceDeclaration): Child | undefined {
    const { name } = declaration;
    if (this.#children.has(name)) return this.#children.get(name);
    const assumption = NESTED_TYPES.has(declaration.type) ? this.assumptionOf(declaration) : undefined;
    const child = assumption === undefined ? undefined : this.nest(declaration, assumption);
    this.#children.set(name, child);
    return child;
  }

  /** What a service, a module or an unread template makes. */
  #made(resource: ResourceDeclaration, attribute: string): UnknownValue {
    const { root } = this.host.place;
    const address = this.addressOf(resource);
    const isElsewhere = isModule(resource.type) || NESTED_TYPES.has(resource.type);
    return unknownValue(isElsewhere ? 'remote-module' : 'computed-by-provider', {
      subject: `${address}.${attribute}`,
      identity: `${root}\0${address}.${attribute}`,
      type: DYNAMIC,
      notNull: true,
      refersTo: [{ root, address, attribute }],
    });
  }

  #identifiable(resource: ResourceDeclaration, assumption: Assumption): Identifiable {
    const { place, world, pseudo } = this.host;
    return {
      root: place.root,
      address: this.addressOf(resource),
      type: resource.type,
      schema: world.schemas.resource(resource.type),
      property: (name) => this.property(resource, name, assumption),
      pseudo: (name) => pseudo.value(name) ?? invalidExpression(),
    };
  }

  /** The value of a property under what is assumed; undefined where it is not written. */
  property(resource: ResourceDeclaration, name: string, assumption: Assumption): Term | undefined {
    const memo = this.#memo(resource.name, name);
    if (memo.assumption === assumption) return memo.term;
    if (memo.others?.has(assumption) === true) return memo.others.get(assumption);
    // The ring is reported with all that depend on each other.
    if (memo.isPending) return invalidExpression(undefined, `${resource.name}.${name}`);
    if (this.#depth > maxPropertyDepth) return this.#tooDeep(resource);
    memo.isPending = true;
    this.#depth++;
    const term = this.#evaluate(resource, name, new Scope(this.host, assumption, resource.name));
    this.#depth--;
    memo.isPending = false;
    remember(memo, assumption, term);
    return term;
  }

  #memo(resource: string, name: string): Memo {
    let memos = this.#properties.get(resource);
    if (memos === undefined) {
      memos = new Map();
      this.#properties.set(resource, memos);
    }
    let memo = memos.get(name);
    if (memo === undefined) {
      memo = { isPending: false, assumption: undefined, term: undefined, others: undefined };
      memos.set(name, memo);
    }
    return memo;
  }

  #evaluate(resource: ResourceDeclaration, name: string, scope: Scope): Term | undefined {
    const written = plainMappingOf(resource.properties);
    if (written !== undefined) {
      const entry = written.entries.get(name);
      return entry === undefined ? undefined : this.host.finished(evaluateEntry(entry, scope));
    }
    if (resource.properties === undefined) return undefined;
    return lift([scope.evaluate(resource.properties)], scope.assumption, ([plain]) => {
      if (plain?.kind !== 'mapping') return invalidExpression();
      return this.host.finished(plain.entries.get(name) ?? absentTerm());
    });
  }

  #tooDeep({ entry }: ResourceDeclaration): UnknownValue {
    const { keyStart: start, keyEnd: end } = entry;
    const message = 'Resources refer to properties of others deeper than Trueline follows.';
    this.host.report('limit-reached', message, { start, end });
    return unknownValue('limit-reached');
  }
}
