import { type Finding, type FindingSuppression, NESTED_BY_NAME, type ViaStep } from '../findings/finding.js';
import type { PolicyMetadata } from '../findings/policy-metadata.js';
import type { ReportInput } from '../findings/report-input.js';
import { lineEnd, lineStart } from '../source/line-bounds.js';
import { baseName } from '../source/paths.js';
import type { SourceRange } from '../source/source-file.js';
import { withoutSharedModule } from './addresses.js';
import { toDisplayPath, toLinePlace, toLineRange, toPlace } from './display-path.js';
import { cutEnd, renderExcerpt } from './excerpt.js';
import type { Mask } from './mask.js';
import { clean, count, justify, padTo, type Style, widthOf, wrap } from './terminal-text.js';
import { describeUnknowns } from './unknown-text.js';

export interface BlockContext {
  readonly input: ReportInput;
  readonly style: Style;
  readonly mask: Mask;
  /** The policy, where this is its first finding: then the block says why it matters. */
  readonly why: PolicyMetadata | undefined;
}

const MAX_VIA = 6;
const MAX_ALSO = 3;
const NOTE = '   = ';

/** One finding: title, place, source line with its mark, the way of the value, what to do, ids. */
export function renderFindingBlock(finding: Finding, context: BlockContext): string[] {
  const { style, mask } = context;
  const { location, instances } = finding;
  const paint = (text: string) => (isDim(finding) ? style.dim(text) : style.severity(finding.severity, text));
  return [
    ...titleLines(finding, style, paint, instances.length > 1 ? count(instances.length, 'instance') : ''),
    ...placeLines(finding, context),
    ...(location === null ? [] : renderExcerpt(location, { style, mask, paint, caption: captionOf(finding) })),
    ...messageLines(finding, context),
    ...viaLines(finding, context),
    ...alsoLines(finding, context),
    ...remarkLines(finding, context),
    ...(hasIdsInTitle(finding, style) ? [] : note(idsOf(finding).join(', '), style).map(style.dim)),
  ];
}

/**
 * What one policy says of live resources: title, each resource with what is wrong with it, what to do, ids. Nobody has written
 * a line of it: no place but the resource's own.
 */
export function renderLiveBlock(findings: readonly [Finding, ...Finding[]], context: BlockContext): string[] {
  const [first] = findings;
  const { style } = context;
  const paint = (text: string) => (isDim(first) ? style.dim(text) : style.severity(first.severity, text));
  const remarks = new Set(findings.flatMap((finding) => remarkLines(finding, context)));
  return [
    ...titleLines(first, style, paint, findings.length > 1 ? count(findings.length, 'resource') : ''),
    ...findings.flatMap((finding) => resourceLines(finding, style)),
    ...reasonLines(first, context),
    ...remarks,
    ...(hasIdsInTitle(first, style) ? [] : note(idsOf(first).join(', '), style).map(style.dim)),
  ];
}

function resourceLines(finding: Finding, style: Style): string[] {
  const { message, title, attribute, actual, isMissing, outcome } = finding;
  const found = isMissing ? 'not set' : actual;
  const value = attribute === null || found === undefined || outcome !== 'fail' ? '' : `${attribute}: ${found}`;
  const said = [isSame(message, title) ? '' : message, value === '' ? '' : `(${value})`].filter((part) => part !== '');
  const text = said.length === 0 ? [] : wrap(clean(said.join(' ')), '      ', style.proseWidth);
  return [`  --> ${style.bold(describeResource(finding, style))}`, ...text];
}

/** SAFETY: how many notes of a report are remembered: what a policy says it says at each of its findings. */
const MAX_NOTES = 2_000;
const notes = new WeakMap<Style, Map<string, readonly string[]>>();

/** Lines after `   = `, wrapped. */
function note(text: string, style: Style): readonly string[] {
  let known = notes.get(style);
  if (known === undefined || known.size >= MAX_NOTES) {
    known = new Map();
    notes.set(style, known);
  }
  let lines = known.get(text);
  if (lines === undefined) {
    lines = wrap(clean(text), NOTE, style.proseWidth);
    known.set(text, lines);
  }
  return lines;
}

function isDim({ outcome, suppression }: Finding): boolean {
  return outcome !== 'fail' || suppression !== null;
}

const MAX_ALIASES = 4;

/** Nobody knows a policy by it. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The policy and the first of its other names: `trueline explain` has all of them. */
function idsOf({ policy, aliases }: Finding): string[] {
  const others = aliases.filter((alias) => !aliases.includes(`AVD-${alias}`) && !UUID.test(alias));
  const hidden = others.length - MAX_ALIASES;
  return [policy, ...others.slice(0, MAX_ALIASES), ...(hidden > 0 ? [`and ${hidden} more`] : [])].map(clean);
}

function hasIdsInTitle(finding: Finding, style: Style): boolean {
  return style.isWide && justify(titleOf(finding), idsOf(finding).join('  '), style.width) !== undefined;
}

function titleOf(finding: Finding): string {
  return `${stateWord(finding)}  ${clean(finding.title)}`;
}

function stateWord({ severity, outcome, suppression }: Finding): string {
  const state = suppression !== null ? 'suppressed' : outcome;
  return state === 'fail' ? severity : `${state} (${severity})`;
}

function titleLines(
  finding: Finding,
  style: Style,
  paint: (text: string) => string,
  /** How many things it is about; empty for one. */
  howMany: string,
): string[] {
  const word = stateWord(finding);
  const title = titleOf(finding);
  const right = style.isWide ? idsOf(finding).join('  ') : howMany;
  const line = right === '' ? undefined : justify(title, right, style.width);
  if (line !== undefined) {
    return [paint(word) + line.slice(word.length, line.length - right.length) + style.dim(right)];
  }
  const [first = '', ...rest] = wrap(clean(finding.title), `${word}  `, style.width);
  return [paint(word) + first.slice(word.length), ...rest];
}

/** `  --> path:line:col  address`; where that is too wide, the address stands below. The path never wraps. */
function placeLines(finding: Finding, { input, style }: BlockContext): string[] {
  const who = describeResource(finding, style);
  if (finding.location === null) return [`  --> ${style.bold(who)}`];
  const place = clean(toPlace(input, finding.location));
  const line = `  --> ${style.bold(place)}`;
  const isOneLine = style.isWide || widthOf(`  --> ${place}  ${who}`) <= style.width;
  return isOneLine ? [`${line}  ${who}`] : [line, ...wrap(who, '      ', style.proseWidth)];
}

function describeResource(finding: Finding, style: Style): string {
  const { resource, declaredIn, element, instances } = finding;
  const scope = [resource.account, resource.region]
    .filter((part) => part !== null && !resource.address.includes(part))
    .join(', ');
  const others = instances.length - 1;
  const roots = new Set(instances.map(({ root }) => root)).size;
  const inRoots = roots > 1 ? ` in ${roots} roots` : '';
  return [
    clean(resource.construct === undefined ? resource.address : `${resource.construct} (${resource.address})`),
    declaredIn === null
      ? ''
      : `, ${declarationWord(declaredIn)} ${clean(withoutSharedModule(declaredIn, resource.address))}`,
    declaredIn === null && element !== null ? `, ${clean(element)}` : '',
    resource.language === 'live' && scope !== '' ? ` (${clean(scope)})` : '',
    others > 0 ? ` and ${others} more${style.isWide ? (others === 1 ? ' instance' : ' instances') : ''}${inRoots}` : '',
  ].join('');
}

function declarationWord(address: string): string {
  if (/(^|\.)data\./.test(address)) return 'document';
  return /_rule(\.|\[|$)|_rule\./.test(address) ? 'rule' : 'with';
}

function captionOf(finding: Finding): string {
  const { outcome, attribute, isMissing, actual, location, via } = finding;
  if (outcome === 'unknown') return isMissing ? '' : 'not known here';
  if (outcome !== 'fail' || location === null) return '';
  const external = via.find(({ kind, external: isExternal }) => kind === 'resource' && isExternal);
  if (external !== undefined) return 'in the module that is called here';
  if (isMissing) return attribute === null ? '' : `${clean(missingPath(finding, attribute))} is not set`;
  // A literal says itself what it is.
  const isLiteral = actual !== undefined && location.file.text.slice(location.start, location.end) === actual;
  return actual === undefined || isLiteral ? '' : `is ${clean(actual)}`;
}

/** What is not there: in a resource's own header the whole block or companion, in an inner one the attribute itself. */
function missingPath({ location, resourceLocation, declaredIn }: Finding, attribute: string): string {
  const isWhole = declaredIn === null && location !== null && location.start === resourceLocation?.start;
  return isWhole ? (/^[^.[]+/.exec(attribute)?.[0] ?? attribute) : attribute;
}

function messageLines(finding: Finding, context: BlockContext): string[] {
  const isNews = finding.message !== '' && !isSame(finding.message, finding.title);
  return [...(isNews ? note(finding.message, context.style) : []), ...reasonLines(finding, context)];
}

/** Why it matters. */
function reasonLines({ outcome }: Finding, { style, why }: BlockContext): readonly string[] {
  const reason = outcome === 'fail' && why !== undefined ? firstSentence(why.description) : '';
  return reason === '' ? [] : note(reason, style);
}

function isSame(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/\.$/, '').toLowerCase();
  return plain(a) === plain(b);
}

/** Up to the first full stop that a blank follows. */
export function firstSentence(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return /^.*?[.?!](?= [A-Z"(`])/.exec(flat)?.[0] ?? flat;
}

const VIA_WORDS: Readonly<Record<ViaStep['kind'], string>> = {
  tfvars: 'set',
  flag: 'set',
  environment: 'set',
  default: 'default',
  local: 'set',
  argument: 'passed',
  variable: 'passed',
  output: 'output',
  'for-each': 'each',
  resource: 'read',
  data: 'read',
  file: 'file',
  function: 'made',
  call: 'called',
  'default-of-type': 'default',
  fact: 'fact',
  parameter: 'passed',
  'parameter-file': 'set',
  mapping: 'map',
  import: 'import',
  alias: 'alias',
};

/** The way of the value; calls are shown where nothing else says how the place was reached. */
function viaLines({ via, outcome }: Finding, context: BlockContext): string[] {
  const values = via.filter(({ kind }) => kind !== 'call');
  const shown = (values.length > 0 ? values : via).slice(0, MAX_VIA);
  const rows = shown.map((step) => ({
    word: wordOfStep(step, step === values[0], outcome),
    place: placeOfStep(step, context.input),
    text: textOfStep(step, context.mask),
  }));
  const wordWidth = Math.max(0, ...rows.map(({ word }) => word.length));
  const placeWidth = Math.max(0, ...rows.map(({ place }) => widthOf(place)));
  const lines = rows.map(({ word, place, text }) => {
    const lead = `${NOTE}${padTo(word, wordWidth)}  ${padTo(place, placeWidth)}`;
    const room = context.style.width - widthOf(lead) - 3;
    return `${lead}   ${room < 12 ? '' : cutEnd(text, room, context.style.ellipsis)}`.trimEnd();
  });
  const hidden = (values.length > 0 ? values : via).length - shown.length;
  return hidden > 0 ? [...lines, `${NOTE}and ${hidden} more steps`] : lines;
}

function wordOfStep({ kind, external }: ViaStep, isFirst: boolean, outcome: Finding['outcome']): string {
  if (external) return 'module';
  if (kind === 'default' && outcome === 'unknown') return 'declared';
  return isFirst && kind === 'argument' ? 'set' : VIA_WORDS[kind];
}

function placeOfStep({ kind, range }: ViaStep, input: ReportInput): string {
  // Flags and environment variables are in no file: what stands for its path says which.
  return clean(kind === 'flag' || kind === 'environment' ? range.file.path : toPlace(input, range));
}

function textOfStep({ kind, name, range, external }: ViaStep, mask: Mask): string {
  if (kind === 'flag' || kind === 'environment') return '';
  if (external) return clean(name);
  const { text } = range.file;
  const line = {
    file: range.file,
    start: lineStart(text, range.start, Math.max(0, range.start - 200)),
    end: lineEnd(text, range.start, range.start + 200),
  };
  return clean(mask.source(line).trim());
}

function alsoLines({ also }: Finding, { input }: BlockContext): string[] {
  const lines = also.slice(0, MAX_ALSO).map((range) => `${NOTE}also  ${clean(toPlace(input, range))}`);
  return also.length > MAX_ALSO ? [...lines, `${NOTE}and ${also.length - MAX_ALSO} more places`] : lines;
}

/** Paths with usual defaults together, sentences one by one. */
function assumedTexts({ assumed }: Finding): string[] {
  const isSentence = (text: string) => / is /.test(text);
  const paths = assumed.filter((text) => text !== NESTED_BY_NAME && !isSentence(text));
  return [
    ...(paths.length > 0 ? [`the usual default of ${paths.join(', ')}`] : []),
    ...(assumed.includes(NESTED_BY_NAME) ? ['the nested template is the one that its address ends with'] : []),
    ...assumed.filter(isSentence),
  ];
}

function remarkLines(finding: Finding, context: BlockContext): string[] {
  const { style, input } = context;
  const lines: string[] = [];
  const add = (text: string) => lines.push(...note(text, style));
  if (finding.outcome === 'unknown') for (const text of describeUnknowns(finding)) add(text);
  if (finding.resource.existence === 'unknown' && finding.outcome === 'fail') {
    add('whether the resource is created is not known here; it fails if it is');
  }
  for (const text of assumedTexts(finding)) add(`assumed: ${text}`);
  const accepted = finding.acceptedInstances ?? 0;
  if (accepted > 0) add(`new: the baseline accepts ${count(accepted, 'other instance')} of this cause`);
  if (finding.outcome === 'fail') add(fixText(finding, context));
  if (finding.expired !== undefined) add(expiredText(finding.expired, input));
  if (finding.suppression !== null) add(suppressionText(finding.suppression, input));
  return lines;
}

function fixText(
  { remediation, cause, location, instances, fixable, isMissing }: Finding,
  { input, style }: BlockContext,
): string {
  const isElsewhere = cause !== null && location !== null && !isSameRange(cause, location);
  const hasOnePlace = cause !== null && (isElsewhere || instances.length > 1);
  const path = hasOnePlace ? toDisplayPath(input, cause.file.path) : '';
  const shown = style.isWide ? path : baseName(path);
  const what = isMissing ? 'place' : 'line';
  const place = hasOnePlace ? ` One ${what} to change: ${shown}:${toLineRange(cause).startLine}` : '';
  return `fix: ${remediation}${place}${fixable && style.canFix ? '  ("trueline fix" does it)' : ''}`;
}

function isSameRange(a: SourceRange, b: SourceRange): boolean {
  return a.file.path === b.file.path && a.start === b.start;
}

function expiredText(expired: FindingSuppression, input: ReportInput): string {
  const { location, until } = expired;
  const where = location === null ? '' : ` at ${toLinePlace(input, location)}`;
  return `suppression${where} expired on ${until ?? 'an unknown day'}${detailsOf(expired)}`;
}

function suppressionText(suppression: FindingSuppression, input: ReportInput): string {
  const { kind, location, until } = suppression;
  if (kind === 'baseline') return 'accepted in the baseline';
  const where = location === null ? ' in the configuration' : ` at ${toLinePlace(input, location)}`;
  return `suppressed${where}${until === null ? '' : ` until ${until}`}${detailsOf(suppression)}`;
}

function detailsOf({ owner, reason }: FindingSuppression): string {
  const ownerText = owner === null ? '' : `owner ${owner}`;
  const reasonText = reason === null ? '' : `"${reason}"`;
  const details = [ownerText, reasonText].filter((text) => text !== '').join(': ');
  return details === '' ? '' : ` (${details})`;
}
