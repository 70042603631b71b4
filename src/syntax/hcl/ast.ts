import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';

/** Every node says which half-open stretch of its file it covers, in UTF-16 offsets. */
export interface Node {
  readonly start: number;
  readonly end: number;
}

/** A parsed file of HCL's native or JSON syntax. Whatever was wrong is in the diagnostics; the rest is in the tree. */
export interface HclFile {
  readonly source: SourceFile;
  readonly syntax: 'native' | 'json';
  readonly body: Body | JsonBody;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface Comment extends Node {
  /** `#`, `//` (both to the end of the line, the newline not included) or `/*`. */
  readonly style: '#' | '//' | '/*';
}

/**
 * Attributes and blocks in the order in which they are written. A block's body is what stands between its braces, the
 * braces not included. Of attributes with one name the first is kept.
 */
export interface Body extends Node {
  readonly kind: 'body';
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  /** Parts of the body could not be parsed: what it lacks may be there. */
  readonly isIncomplete?: boolean;
}

/**
 * A body in JSON syntax: which of its properties are attributes and which are blocks only a schema can say, see `toBody`.
 */
export interface JsonBody extends Node {
  readonly kind: 'json-body';
  /** An object, or several where an array of objects stands for one body. */
  readonly objects: readonly ObjectExpression[];
  /** The text could not be parsed: what the body lacks may be there. */
  readonly isIncomplete?: boolean;
}

export interface Attribute extends Node {
  readonly kind: 'attribute';
  readonly name: string;
  readonly nameRange: Node;
  readonly expression: Expression;
}

export interface Block extends Node {
  readonly kind: 'block';
  readonly type: string;
  readonly typeRange: Node;
  readonly labels: readonly Label[];
  readonly body: Body | JsonBody;
  /** From the type to the end of the opening brace (JSON: the key nearest to the body: the last label, else the type). */
  readonly header: Node;
  /** Empty. Whoever reads blocks leaves here what it read, so that it is read once for all instances. */
  memo: object | undefined;
}

export interface Label extends Node {
  readonly value: string;
}

export type Expression =
  | LiteralExpression
  | TemplateExpression
  | TupleExpression
  | ObjectExpression
  | VariableExpression
  | AttributeAccess
  | IndexAccess
  | SplatExpression
  | CallExpression
  | UnaryExpression
  | BinaryExpression
  | ConditionalExpression
  | ForExpression
  | ParenthesisExpression
  | ErrorExpression;

/** What is built of other expressions alone, and the rest that may hold nothing but literals. */
interface Constructor extends Node {
  /** It holds nothing but literals: it means the same wherever it is evaluated. */
  readonly isConstant: boolean;
  /** Empty. Whoever evaluates constants leaves here what they are, so that it is worked out once for all instances. */
  memo: object | undefined;
}

/** A number, `true`, `false` or `null`. A number keeps its text: it may have more digits than a double. */
export interface LiteralExpression extends Constructor {
  readonly kind: 'literal';
  readonly value: boolean | null | { readonly number: string };
}

/**
 * A quoted string, a heredoc, or a string of JSON syntax. Literal parts are unescaped, NFC, with heredoc indentation and
 * `~` trimming already applied. A string without interpolation has one literal part, or none when it is empty. A literal
 * that `~` trims to nothing stays as an empty part: a template keeps the type of its only part, so its parts count.
 */
export interface TemplateExpression extends Constructor {
  readonly kind: 'template';
  readonly form: 'quoted' | 'heredoc' | 'json';
  readonly parts: readonly TemplatePart[];
  /** JSON syntax: the text of the string, for places that take no template. */
  readonly text: string | undefined;
}

export type TemplatePart = TemplateLiteral | TemplateInterpolation | TemplateIf | TemplateFor;

export interface TemplateLiteral extends Node {
  readonly kind: 'text';
  readonly value: string;
}

export interface TemplateInterpolation extends Node {
  readonly kind: 'interpolation';
  readonly expression: Expression;
}

export interface TemplateIf extends Node {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly then: readonly TemplatePart[];
  readonly else: readonly TemplatePart[] | undefined;
}

export interface TemplateFor extends Node {
  readonly kind: 'for';
  readonly keyVariable: string | undefined;
  readonly valueVariable: string;
  readonly collection: Expression;
  readonly body: readonly TemplatePart[];
}

export interface TupleExpression extends Constructor {
  readonly kind: 'tuple';
  readonly elements: readonly Expression[];
}

export interface ObjectExpression extends Constructor {
  readonly kind: 'object';
  readonly items: readonly ObjectItem[];
}

export interface ObjectItem extends Node {
  /** A bare identifier key is a `template` with its name as text; a key in parentheses is a `parenthesis`. */
  readonly key: Expression;
  readonly value: Expression;
}

/** The root of a reference: `var`, `aws_s3_bucket`, `each`, or the variable of a `for`. */
export interface VariableExpression extends Node {
  readonly kind: 'variable';
  readonly name: string;
}

/** `x.name`. */
export interface AttributeAccess extends Node {
  readonly kind: 'get-attribute';
  readonly object: Expression;
  readonly name: string;
  readonly nameRange: Node;
}

/** `x[key]`, and the legacy `x.0` with a literal key. */
export interface IndexAccess extends Node {
  readonly kind: 'index';
  readonly collection: Expression;
  readonly key: Expression;
  readonly isLegacy: boolean;
}

/** `x[*].a[0]` (full: attributes and indexes apply to each element) and `x.*.a` (attributes only). */
export interface SplatExpression extends Node {
  readonly kind: 'splat';
  readonly source: Expression;
  readonly isFull: boolean;
  /** What is applied to each element, in order. */
  readonly each: readonly SplatStep[];
}

export type SplatStep =
  | { readonly kind: 'attribute'; readonly name: string; readonly range: Node }
  | { readonly kind: 'index'; readonly key: Expression; readonly range: Node }
  /** `x[*].a[*].b`: a splat within a splat, over what the steps before it gave of one element. */
  | { readonly kind: 'splat'; readonly isFull: boolean; readonly each: readonly SplatStep[]; readonly range: Node };

export interface CallExpression extends Node {
  readonly kind: 'call';
  /** With its namespace: `provider::aws::arn_parse`, `core::length`. */
  readonly name: string;
  readonly nameRange: Node;
  readonly arguments: readonly Expression[];
  /** The last argument is followed by `...`. */
  readonly isExpanded: boolean;
}

export interface UnaryExpression extends Node {
  readonly kind: 'unary';
  readonly operator: '-' | '!';
  readonly operand: Expression;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface BinaryExpression extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface ConditionalExpression extends Node {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly then: Expression;
  readonly else: Expression;
}

/** `[for v in c : e if p]` and `{for k, v in c : k => e... if p}`. */
export interface ForExpression extends Node {
  readonly kind: 'for';
  readonly keyVariable: string | undefined;
  readonly valueVariable: string;
  readonly collection: Expression;
  /** Present for an object. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly isGrouped: boolean;
  readonly condition: Expression | undefined;
}

export interface ParenthesisExpression extends Node {
  readonly kind: 'parenthesis';
  readonly expression: Expression;
}

/** What could not be parsed; its diagnostic is in the file. */
export interface ErrorExpression extends Node {
  readonly kind: 'error';
}
