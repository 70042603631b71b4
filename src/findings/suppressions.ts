import type { AttachedComment } from '../model/raw-resource.js';

/** Finds every comment that may be a suppression, ours or another scanner's. */
export const suppressionPattern =
  /trueline:ignore|(?:checkov|bridgecrew|cortex):skip|(?:trivy|tfsec):ignore|kics-scan/i;

// SAFETY: a comment is one line of someone's file; what is longer is cut before it is read.
const MAX_COMMENT_LENGTH = 4_096;
const MAX_IDS = 200;

/** Which code a suppression speaks of, relative to the comment. */
export type SuppressionReach =
  /** What the comment stands at. */
  | 'target'
  /** The resource in whose body the comment stands, wherever it stands there (Checkov's way). */
  | 'block'
  /** What begins on the line that the comment stands above. */
  | 'line'
  /** The whole file. */
  | 'file';

/** One suppression as written: the ids it names, and what limits it. */
export interface InlineSuppression {
  readonly form: 'ours' | 'checkov' | 'trivy' | 'tfsec' | 'kics';
  /** Ids or aliases as written; `*` where the form hides everything at its place. */
  readonly ids: readonly string[];
  readonly reach: SuppressionReach;
  readonly reason: string | null;
  /** `YYYY-MM-DD`, the last day on which it hides. */
  readonly until: string | null;
  readonly owner: string | null;
  readonly workspace?: string | undefined;
  /** `[name=value]`: hides only where the attribute has the value. */
  readonly parameters?: readonly { readonly name: string; readonly value: string }[] | undefined;
  /** What is wrong with it: then it hides nothing. */
  readonly problem?: { readonly kind: 'no-reason' | 'invalid'; readonly message: string } | undefined;
  readonly comment: AttachedComment;
}

/** Reads the suppressions of one comment; a comment may hold several. Never throws. */
export function parseSuppressions(comment: AttachedComment): InlineSuppression[] {
  const { content } = comment;
  if (content.length <= MAX_COMMENT_LENGTH) return parseLines(content, comment);
  // A line that is cut may have lost what limits it.
  const end = content.lastIndexOf('\n', MAX_COMMENT_LENGTH) + 1;
  const message = `A suppression must stand in the first ${MAX_COMMENT_LENGTH} characters of its comment.`;
  const beyond = parseLines(content.slice(end, end + MAX_COMMENT_LENGTH), comment);
  return [
    ...parseLines(content.slice(0, end), comment),
    ...beyond.map((one) => ({ ...one, problem: { kind: 'invalid' as const, message } })),
  ];
}

function parseLines(text: string, comment: AttachedComment): InlineSuppression[] {
  return [
    ...parseOurs(text, comment),
    ...parseCheckov(text, comment),
    ...parseAqua(text, comment),
    ...parseKics(text, comment),
  ];
}

/** `trueline:ignore id[,id] reason="…" until=YYYY-MM-DD owner=name`. Ids are compared exactly: no globs. */
function parseOurs(text: string, comment: AttachedComment): InlineSuppression[] {
  const lines = text.split('\n').filter((line) => /trueline:ignore/i.test(line));
  return lines.map((line) =>
    parseOurLine(line.slice(line.search(/trueline:ignore/i) + 'trueline:ignore'.length), comment),
  );
}

function parseOurLine(text: string, comment: AttachedComment): InlineSuppression {
  const fields = readFields(text);
  const { ids, values, unread } = fields;
  const base = {
    form: 'ours' as const,
    ids,
    reach: 'target' as const,
    reason: values.get('reason')?.trim() || null,
    until: values.get('until') ?? null,
    owner: values.get('owner') ?? null,
    comment,
  };
  const problem = problemOfOurs(base, unread);
  return problem === undefined ? base : { ...base, problem };
}

const OUR_FIELDS = ['reason', 'until', 'owner'];

function readFields(text: string): { ids: string[]; values: Map<string, string>; unread: string[] } {
  const values = new Map<string, string>();
  const ids: string[] = [];
  const unread: string[] = [];
  const pattern = /([A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,]+))|([^\s,=]+)/g;
  for (const [whole, key, double, single, bare, word] of text.matchAll(pattern)) {
    if (word !== undefined) {
      // A word after the fields is prose that someone forgot to quote.
      if (values.size === 0) ids.push(word);
      else unread.push(word);
    } else if (key !== undefined && OUR_FIELDS.includes(key.toLowerCase())) {
      values.set(key.toLowerCase(), double?.replace(/\\(.)/g, '$1') ?? single ?? bare ?? '');
    } else unread.push(whole);
  }
  return { ids, values, unread };
}

function problemOfOurs(
  { ids, reason, until }: Pick<InlineSuppression, 'ids' | 'reason' | 'until'>,
  unread: readonly string[],
): InlineSuppression['problem'] {
  const invalid = (message: string) => ({ kind: 'invalid' as const, message });
  const glob = ids.find((id) => /[*?[\]{}]/.test(id));
  if (ids.length === 0) return invalid('This suppression names no policy. Write the id after "trueline:ignore".');
  if (ids.length > MAX_IDS)
    return invalid(`A suppression names at most ${MAX_IDS} policies; this one names ${ids.length}.`);
  if (glob !== undefined) {
    return invalid(
      `A suppression names policies one by one; "${glob}" is a pattern. List the ids, separated by commas.`,
    );
  }
  const rest = unread[0];
  if (rest !== undefined) {
    return invalid(
      `"${rest}" is not part of a suppression. Write reason="…" in quotes; "until" and "owner" may follow.`,
    );
  }
  if (until !== null && !isDate(until)) return invalid(`"${until}" is not a date. Write until=YYYY-MM-DD.`);
  if (reason !== null) return undefined;
  return {
    kind: 'no-reason',
    message: `The suppression of "${ids.join('", "')}" has no reason and hides nothing. Add reason="…".`,
  };
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Days from one date to another, both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** `checkov:skip=CKV_AWS_21[,CKV_AWS_18][:reason]`; `bridgecrew:skip=` and `cortex:skip=` are its other names. */
function parseCheckov(text: string, comment: AttachedComment): InlineSuppression[] {
  const pattern = /(?:checkov|bridgecrew|cortex):skip\s*=\s*([A-Za-z0-9_]+(?:\s*,\s*[A-Za-z0-9_]+)*)(?::([^\n]*))?/gi;
  return [...text.matchAll(pattern)].map(([, ids = '', reason]) => ({
    ...foreign('checkov', splitIds(ids), comment),
    reach: 'block',
    reason: reason?.trim() || null,
  }));
}

/** `trivy:ignore:AVD-AWS-0086`, `tfsec:ignore:aws-s3-enable-versioning`, with `[attribute=value]`, `:exp:DATE`, `:ws:NAME`. */
function parseAqua(text: string, comment: AttachedComment): InlineSuppression[] {
  const pattern = /(trivy|tfsec):ignore:([A-Za-z0-9_*-]+)(\[[^\]\n]*\])?((?::(?:exp|ws):[A-Za-z0-9_.-]+)*)/gi;
  return [...text.matchAll(pattern)].map(([, tool = '', id = '', parameters, options = '']) => {
    const option = (name: string) => new RegExp(`:${name}:([A-Za-z0-9_.-]+)`, 'i').exec(options)?.[1];
    const until = option('exp')?.slice(0, 10) ?? null;
    const base: InlineSuppression = {
      ...foreign(tool.toLowerCase() === 'trivy' ? 'trivy' : 'tfsec', [id], comment),
      until,
      workspace: option('ws'),
      parameters: parameters === undefined ? undefined : readParameters(parameters),
    };
    if (until === null || isDate(until)) return base;
    return { ...base, problem: { kind: 'invalid', message: `"${until}" is not a date. Write exp:YYYY-MM-DD.` } };
  });
}

function readParameters(text: string): { name: string; value: string }[] {
  return text
    .slice(1, -1)
    .split(',')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name: name.trim(), value: value.join('=').trim().replace(/^"|"$/g, '') };
    });
}

/** `kics-scan ignore-line`, `ignore-block`, `ignore` (the file), `disable=id,id` (the file, those ids). */
function parseKics(text: string, comment: AttachedComment): InlineSuppression[] {
  const pattern =
    /kics-scan\s+(?:disable\s*=\s*([A-Za-z0-9-]+(?:\s*,\s*[A-Za-z0-9-]+)*)|(ignore-line|ignore-block|ignore)\b)/gi;
  return [...text.matchAll(pattern)].map(([, ids, command]) => {
    if (ids !== undefined) return { ...foreign('kics', splitIds(ids), comment), reach: 'file' };
    const reach = { 'ignore-line': 'line', 'ignore-block': 'target', ignore: 'file' } as const;
    const name = command?.toLowerCase();
    const isKnown = name === 'ignore-line' || name === 'ignore-block' || name === 'ignore';
    return { ...foreign('kics', ['*'], comment), reach: isKnown ? reach[name] : 'target' };
  });
}

function foreign(form: InlineSuppression['form'], ids: readonly string[], comment: AttachedComment): InlineSuppression {
  return { form, ids, reach: 'target', reason: null, until: null, owner: null, comment };
}

function splitIds(text: string): string[] {
  return text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
    .slice(0, MAX_IDS);
}

/** Ids compared as people write them: without regard to case, and `AVD-AWS-0086` the same as `AWS-0086`. */
export function normalizeId(id: string): string {
  return id.toLowerCase().replace(/^avd-/, '');
}
