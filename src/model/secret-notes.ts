import type { SourceRange } from '../source/source-file.js';
import type { Origin, OriginStep, Value } from './value.js';

/** What no report may show: texts that are secret, and the places where secrets are written. */
export interface Secrets {
  readonly texts: readonly string[];
  readonly ranges: readonly SourceRange[];
}

/** Gathers secrets where they come from: sensitive variables, attributes, arguments of `sensitive`. */
export class SecretNotes {
  readonly #texts = new Set<string>();
  readonly #ranges = new Map<string, SourceRange>();
  /** Values, and what lists and objects hold: that stays the same where a value gets another origin or mark. */
  readonly #looked = new WeakSet<object>();
  readonly #noted = new WeakSet<object>();

  /**
   * The value and all that is in it are secret. What is in it and only refers to something else (`{ region = var.region }`)
   * is hidden where it is written; its text, which stands elsewhere in clear, is not.
   */
  note(value: Value): void {
    this.#note(value, true);
  }

  #note(value: Value, isText: boolean): void {
    const seen = isText ? this.#noted : this.#looked;
    if (seen.has(value)) return;
    seen.add(value);
    if (isText && (value.kind === 'string' || value.kind === 'number')) this.#texts.add(String(value.value));
    for (const range of writtenRanges(value)) this.addRange(range);
    const content = value.kind === 'list' ? value.elements : value.kind === 'object' ? value.entries : undefined;
    if (content !== undefined && seen.has(content)) return;
    if (content !== undefined) seen.add(content);
    for (const inner of innerValues(value))
      this.#note(inner, isText && !(inner.origin !== undefined && REFERENCES.has(inner.origin.step)));
  }

  add({ texts, ranges }: Secrets): void {
    for (const text of texts) this.#texts.add(text);
    for (const range of ranges) this.addRange(range);
  }

  addText(text: string): void {
    this.#texts.add(text);
  }

  addRange({ file, start, end }: SourceRange): void {
    this.#ranges.set(`${file.path}\0${start}\0${end}`, { file, start, end });
  }

  /** The texts sorted, the ranges in the order in which they were found. */
  secrets(): Secrets {
    return { texts: [...this.#texts].filter((text) => text !== '').sort(), ranges: [...this.#ranges.values()] };
  }
}

function* innerValues(value: Value): Generator<Value> {
  if (value.kind === 'list') yield* value.elements;
  else if (value.kind === 'object') yield* value.entries.values();
  else if (value.kind === 'unknown') {
    for (const one of value.alternatives ?? []) if (one.kind !== 'absent') yield one;
  }
}

/** A value that came by one of these is something else's. */
const REFERENCES: ReadonlySet<OriginStep> = new Set([
  'variable',
  'local',
  'output',
  'resource',
  'data',
  'parameter',
  'mapping',
  'import',
  'alias',
]);

/** The whole text that stands for a file holds nothing but the secret. */
const WHOLE_TEXTS: ReadonlySet<OriginStep> = new Set(['environment', 'flag', 'file']);
/** These point at the head of a block. */
const HEADERS: ReadonlySet<OriginStep> = new Set([
  'resource',
  'data',
  'companion',
  'default-of-type',
  'assumed-default',
  'server-default',
]);

/**
 * Where a secret is written: the first place on its way at which something other than a reference stands, and every place
 * beyond at which it stands as a whole (`try(var.password, "")`). What is only a part of it (`"${var.name}-secret"`) is
 * no secret by itself.
 */
function writtenRanges(value: Value): SourceRange[] {
  const ranges: SourceRange[] = [];
  // Nothing of it is known, and nothing of it is written.
  if (value.kind === 'unknown' && value.parts === undefined && value.alternatives === undefined) return ranges;
  const whole = value.kind === 'string' || value.kind === 'number' ? String(value.value) : undefined;
  for (let step: Origin | undefined = value.origin; step !== undefined; step = step.from) {
    if (HEADERS.has(step.step)) continue;
    const { file, start, end } = step;
    const text = file.text.slice(start, end);
    const isWritten = WHOLE_TEXTS.has(step.step) || isPlainText(step) || holdsLiteral(text);
    if (isWritten && (ranges.length === 0 || (whole !== undefined && holdsWhole(text, whole)))) ranges.push(step);
  }
  return ranges;
}

/** Outside HCL a text is written without quotes, and these steps stand at nothing else. */
function isPlainText({ file, step }: Origin): boolean {
  const isText = step === 'written' || step === 'variable-default' || step === 'parameter-file';
  return isText && !/\.(tf|tofu|tfvars|hcl)(\.json)?$/.test(file.path);
}

function holdsWhole(text: string, whole: string): boolean {
  return whole !== '' && (text.includes(whole) || text.includes(JSON.stringify(whole).slice(1, -1)));
}

/** Whether more than references and calls of functions is written: a text, a number, a bool. */
export function holdsLiteral(expression: string): boolean {
  const bare = expression
    // The key of an index, and the quotes around nothing but an interpolation.
    .replace(/(?<=[\w\])])\["(?:[^"\\]|\\.)*"\]|(?<=[\w\])])\[\d+\]/g, '')
    .replace(/^"\$\{([^"{}]*)\}"$/, '$1');
  return /"|<<|(?<![\w.]|\w-)\d|(?<![\w.-])(?:true|false)(?![\w-])/.test(bare);
}
