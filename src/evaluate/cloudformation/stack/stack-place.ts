import type { ModuleCallStep } from '../../../model/raw-resource.js';
import type { Context, Scope } from '../expression/context.js';
import type { Template } from '../templates/template.js';
import type { Assumption } from '../terms/assumption.js';
import type { Formula } from '../terms/formula.js';
import type { PlainTerm, Term } from '../terms/term.js';
import type { ExpandedTemplate } from './expanded-template.js';
import type { PseudoParameters } from './pseudo-parameters.js';
import type { World } from './world.js';

/** Where a stack stands: a root, or nested in another. */
export interface StackPlace {
  readonly root: string;
  /** Of the resource that it is nested as, with a slash at its end; empty for a root. */
  readonly prefix: string;
  readonly calls: readonly ModuleCallStep[];
  /** What is assumed wherever the stack exists, and the formula of that. */
  readonly assumption: Assumption;
  readonly existence: Formula;
  /** Of a nested stack, what it is called. */
  readonly stackName: PlainTerm | undefined;
  /** The paths of the templates that lead to it, its own the last. */
  readonly templates: readonly string[];
  /** Of a nested stack that a program made, the path of its construct. */
  readonly construct: string | undefined;
}

/** What the resources of a stack need of it. */
export interface ResourceHost extends Context {
  readonly world: World;
  readonly template: Template;
  readonly place: StackPlace;
  readonly pseudo: PseudoParameters;
  readonly expanded: ExpandedTemplate;
  readonly scope: Scope;
  /** A value as its service sees it. */
  finished(term: Term): Term;
  stackId(): PlainTerm;
  /** What a stack that is nested here is called. */
  nestedName(resource: string): PlainTerm;
}

/** A stack as the stack in which it is nested sees it. */
export interface NestedStack {
  stackId(): PlainTerm;
  /** The value of an output; undefined where there is none of this name. */
  output(name: string, assumption: Assumption): Term | undefined;
}
