import type { DataEntry, DataNode } from '../../../syntax/data/ast.js';
import { namedCondition } from '../expression/conditions.js';
import type { IntrinsicCall, Place, Scope } from '../expression/context.js';
import { intrinsicOf, scalarText, sequenceOf } from '../expression/nodes.js';
import type { Formula } from '../terms/formula.js';
import { equalityOf, opaque } from './compare.js';

/** SAFETY: how deep conditions refer to conditions. */
const maxDepth = 300;

/** The conditions of a stack, each worked out when it is first asked for. */
export class Conditions {
  readonly #formulas = new Map<string, Formula>();
  readonly #pending: string[] = [];

  constructor(
    private readonly written: ReadonlyMap<string, DataEntry>,
    private readonly scope: Scope,
    /** Tells this stack's comparisons from others'. */
    private readonly id: string,
  ) {}

  names(): Iterable<string> {
    return this.written.keys();
  }

  formula(name: string): Formula | undefined {
    const known = this.#formulas.get(name);
    if (known !== undefined) return known;
    const entry = this.written.get(name);
    if (entry === undefined) return undefined;
    const ring = this.#pending.indexOf(name);
    if (ring !== -1) {
      const names = this.#pending.slice(ring).map((one) => `"${one}"`);
      this.scope.report('cfn-circular-condition', `Conditions refer to each other in a circle: ${names.join(', ')}.`, {
        start: entry.keyStart,
        end: entry.keyEnd,
      });
      return this.#opaque(entry.value);
    }
    if (this.#pending.length > maxDepth) {
      this.scope.report('limit-reached', 'Conditions refer to conditions deeper than Trueline follows.', entry.value);
      return this.#opaque(entry.value);
    }
    this.#pending.push(name);
    const formula = this.#build(entry.value);
    this.#pending.pop();
    this.#formulas.set(name, formula);
    return formula;
  }

  /** What a condition written in place means: in `Rules`, or as the value of a condition. */
  #build(node: DataNode): Formula {
    const { logic } = this.scope.context;
    if (node.kind === 'alias') return this.#build(node.target);
    const call = intrinsicOf(node, true);
    switch (call?.name) {
      case 'Condition': {
        const name = scalarText(call.argument);
        return name === undefined ? this.#invalid(call) : namedCondition(name, this.scope, call.at);
      }
      case 'Fn::And':
      case 'Fn::Or': {
        const items = sequenceOf(call.argument)?.items;
        if (items === undefined || items.length === 0) return this.#invalid(call);
        const formulas = items.map((item) => this.#build(item));
        return call.name === 'Fn::And' ? logic.all(formulas) : logic.any(formulas);
      }
      case 'Fn::Not': {
        const [item, ...more] = sequenceOf(call.argument)?.items ?? [];
        return item === undefined || more.length > 0 ? this.#invalid(call) : logic.not(this.#build(item));
      }
      case 'Fn::Equals': {
        const [a, b, ...more] = sequenceOf(call.argument)?.items ?? [];
        if (a === undefined || b === undefined || more.length > 0) return this.#invalid(call);
        const [left, right] = [this.scope.evaluate(a), this.scope.evaluate(b)];
        return equalityOf(left, right, this.scope.assumption, this.#placeOf(call.at));
      }
      default:
        return this.#invalid({ name: call?.name ?? 'Conditions', argument: node, at: node });
    }
  }

  #invalid(call: IntrinsicCall): Formula {
    this.scope.report('cfn-invalid-intrinsic', `"${call.name}" is not what a condition can be made of.`, call.at);
    return this.#opaque(call.at);
  }

  #opaque(at: Place): Formula {
    return opaque(this.#placeOf(at), { reason: 'invalid-expression' }, this.scope.assumption);
  }

  #placeOf({ start }: Place): string {
    return `${this.id}@${start}`;
  }
}
