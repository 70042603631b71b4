import type { Origin, OriginStep } from '../../../model/value.js';
import type { DiagnosticCode } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { DataMapping, DataNode, DataStream } from '../../../syntax/data/ast.js';
import type { Assumption } from '../terms/assumption.js';
import type { Formula, Logic } from '../terms/formula.js';
import type { PlainTerm, Term } from '../terms/term.js';

/** A stretch of the template. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What expressions need of the stack that they are in. */
export interface Context {
  readonly file: SourceFile;
  readonly stream: DataStream;
  readonly logic: Logic;
  readonly hasLanguageExtensions: boolean;
  evaluate(node: DataNode, scope: Scope): Term;
  /** The value of a parameter or pseudo parameter; undefined for other names. */
  parameter(name: string, scope: Scope): Term | undefined;
  /** What `Ref` gives for a resource; undefined for other names. */
  reference(name: string, scope: Scope): Term | undefined;
  /** What `Fn::GetAtt` gives; undefined where there is no such resource. */
  attribute(name: string, attribute: string, scope: Scope, at: Place): Term | undefined;
  /** Undefined where there is no such condition. */
  condition(name: string): Formula | undefined;
  mapping(name: string): DataMapping | undefined;
  imported(name: PlainTerm, scope: Scope, at: Place): Term;
  /** Names that `Ref` and `Fn::Sub` know, for suggestions. */
  names(): Iterable<string>;
  conditionNames(): Iterable<string>;
  mappingNames(): Iterable<string>;
  report(code: DiagnosticCode, message: string, at: Place): void;
  /** The element of a loop's collection because of which the node is there. */
  loopOrigin(node: Place): Origin | undefined;
}

/** Where an expression is evaluated: its stack, what is assumed there, and whose value it becomes part of. */
export class Scope {
  constructor(
    readonly context: Context,
    readonly assumption: Assumption,
    /** The logical id of the resource. */
    readonly holder: string | undefined,
    /** Whether `Condition` is an intrinsic function. */
    readonly isCondition = false,
  ) {}

  evaluate(node: DataNode): Term {
    return this.context.evaluate(node, this);
  }

  under(assumption: Assumption): Scope {
    if (assumption === this.assumption) return this;
    return new Scope(this.context, assumption, this.holder, this.isCondition);
  }

  origin({ start, end }: Place, step: OriginStep = 'written', name?: string, from?: Origin): Origin {
    return { file: this.context.file, start, end, step, name, from };
  }

  report(code: DiagnosticCode, message: string, at: Place): void {
    this.context.report(code, message, at);
  }
}

/** `!Sub x` or `{Fn::Sub: x}`. */
export interface IntrinsicCall {
  /** `Ref`, `Condition` or `Fn::…`. */
  readonly name: string;
  readonly argument: DataNode;
  readonly at: Place;
}

export type Intrinsic = (call: IntrinsicCall, scope: Scope) => Term;
