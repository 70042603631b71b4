import type { PlainValue } from '../findings/resource-listing.js';
import type {
  AttributeDifference,
  Incomparable,
  ResourceDifference,
  SnapshotComparison,
} from '../findings/snapshot-difference.js';
import { cutEnd } from './excerpt.js';
import { clean, count, padTo, type Style, type TextOptions, toStyle, widthOf, wrap } from './terminal-text.js';

/** What `trueline snapshot diff` shows. */
export interface SnapshotDiffInput extends SnapshotComparison {
  readonly old: ComparedSnapshot;
  readonly new: ComparedSnapshot;
  /** What is wrong with the snapshots themselves. */
  readonly damage: readonly string[];
}

export interface ComparedSnapshot {
  readonly folder: string;
  readonly tool: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Services that were selected, and left out. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

const LABEL_WIDTH = 10;
const MAX_PATHS = 4;

/** A block for each resource that differs, then what cannot be compared and why, then the counts. */
export function renderSnapshotDiff(input: SnapshotDiffInput, options: TextOptions): string {
  const style = toStyle(options);
  const accounts = new Set(input.differences.map(({ account }) => account));
  const blocks: string[][] = [];
  let heading = '';
  for (const difference of input.differences) {
    const place = [difference.account, difference.region ?? 'global'].join('  ');
    // Of one account it is said at the end.
    if (accounts.size > 1 && place !== heading) blocks.push([style.bold(clean(place))]);
    heading = place;
    blocks.push(renderDifference(difference, style));
  }
  const gaps = input.incomparable.filter(({ reason }) => reason !== 'secret-withheld');
  if (gaps.length > 0) blocks.push(renderGaps(gaps));
  blocks.push(renderCounts(input, style));
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

const WORD_WIDTH = 'removed'.length;

function renderDifference({ change, type, address, attributes }: ResourceDifference, style: Style): string[] {
  const head = `${style.bold(padTo(change, WORD_WIDTH))}  ${clean(type)}`;
  const who = clean(address);
  const isOneLine = widthOf(`${padTo(change, WORD_WIDTH)}  ${clean(type)}  ${who}`) <= style.width;
  const lines = isOneLine ? [`${head}  ${who}`] : [head, `    ${who}`];
  return [...lines, ...attributes.flatMap((attribute) => renderAttribute(attribute, style))];
}

function renderAttribute({ path, old, new: next, isSecret }: AttributeDifference, style: Style): string[] {
  const sign = old === null && next !== null ? '+' : next === null && old !== null ? '-' : '~';
  const lead = `   ${sign} ${clean(path)}`;
  if (isSecret) return [`${lead}   ${style.dim('secret changed')}`];
  const texts = [old, next].map((value) => clean(toText(value)));
  const [from = '', to = ''] = texts;
  const text = sign === '+' ? to : sign === '-' ? from : `${from} -> ${to}`;
  if (widthOf(`${lead}   ${text}`) <= style.width) return [`${lead}   ${text}`];
  const room = Math.max(20, style.width - 8);
  const shown = sign === '~' ? [from, `-> ${to}`] : [text];
  return [lead, ...shown.map((one) => `       ${cutEnd(one, room, style.ellipsis)}`)];
}

function toText(value: PlainValue): string {
  return value === null ? 'none' : JSON.stringify(value);
}

function renderGaps(incomparable: readonly Incomparable[]): string[] {
  const groups = new Map<string, Incomparable[]>();
  for (const gap of incomparable) {
    const key = `${sideText(gap)}: ${causeText(gap)}`;
    const others = groups.get(key);
    if (others === undefined) groups.set(key, [gap]);
    else others.push(gap);
  }
  const lines = [...groups].flatMap(([key, gaps]) => {
    const names = [...new Set(gaps.map(nameOf))];
    const shown = names.slice(0, MAX_PATHS).map((name) => `    ${clean(name)}`);
    const more = names.length - shown.length;
    return [`  ${clean(key)}`, ...shown, ...(more > 0 ? [`    and ${more} more`] : [])];
  });
  return [`NOT COMPARABLE: ${count(incomparable.length, 'part')}`, ...lines];
}

const SIDES = {
  old: 'not known in the old one',
  new: 'not known in the new one',
  both: 'not known in either',
} as const;

function sideText({ reason, side }: Incomparable): string {
  if (reason === 'secret-key') return 'the secret may have changed';
  return SIDES[side];
}

function causeText({ type, reason, subject }: Incomparable): string {
  if (type === null) return 'the account is in one of them only';
  if (reason === 'secret-key') return 'its hash was made with another key';
  return subject === null ? reason : `${reason}  ${subject}`;
}

function nameOf({ account, region, type, address, path }: Incomparable): string {
  if (type === null) return account;
  if (address === null) return `${type} of ${account}${region === null ? '' : `, ${region}`}`;
  return path === null ? address : `${address}  ${path}`;
}

function renderCounts(input: SnapshotDiffInput, style: Style): string[] {
  const { differences, incomparable } = input;
  const of = (change: ResourceDifference['change']) =>
    differences.filter((difference) => difference.change === change).length;
  const parts = (['added', 'removed', 'changed'] as const)
    .filter((change) => of(change) > 0)
    .map((change) => `${of(change)} ${change}`);
  const found =
    differences.length === 0 ? 'No differences' : `${count(differences.length, 'difference')}: ${parts.join(', ')}`;
  const line = (label: string, text: string) => wrap(text, padTo(label, LABEL_WIDTH), style.proseWidth, LABEL_WIDTH);
  const short = incomparable.filter(({ reason }) => reason === 'secret-withheld');
  const isOpen = short.length < incomparable.length;
  return [
    `${found}${isOpen ? '. Not all could be compared.' : differences.length === 0 ? '.' : ''}`,
    ...(short.length === 0
      ? []
      : line('unsure', `${count(short.length, 'secret')} of few characters, kept without a hash`)),
    ...line('old', describeSide(input.old)),
    ...line('new', describeSide(input.new)),
    ...input.damage.flatMap((text) => line('damaged', clean(text))),
  ];
}

function describeSide({ folder, finishedAt, only, skip }: ComparedSnapshot): string {
  const selected = [
    only.length === 0 ? '' : `, only ${only.map(clean).join(', ')}`,
    skip.length === 0 ? '' : `, without ${skip.map(clean).join(', ')}`,
  ].join('');
  return `${clean(folder)}, finished at ${clean(finishedAt)}${selected}`;
}

/** The JSON form. */
export function renderSnapshotDiffJson(input: SnapshotDiffInput): string {
  const of = (change: ResourceDifference['change']) =>
    input.differences.filter((difference) => difference.change === change).length;
  const output = {
    schemaVersion: 1,
    old: input.old,
    new: input.new,
    summary: {
      added: of('added'),
      removed: of('removed'),
      changed: of('changed'),
      notComparable: input.incomparable.length,
    },
    differences: input.differences.map(({ change, account, region, type, address, attributes }) => ({
      change,
      account,
      region,
      type,
      address,
      attributes: attributes.map(({ path, old, new: next, isSecret }) => ({ path, old, new: next, secret: isSecret })),
    })),
    notComparable: input.incomparable.map(({ account, region, type, address, path, side, reason, subject }) => ({
      account,
      region,
      type,
      address,
      path,
      side,
      reason,
      subject,
    })),
    damaged: input.damage,
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}
