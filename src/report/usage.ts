import type { UsageSummary } from '../findings/usage-summary.js';
import { cutEnd } from './excerpt.js';
import { clean, count, padTo, type Style, type TextOptions, toStyle, widthOf, wrap } from './terminal-text.js';

const LABEL_WIDTH = 12;
const MOST_SOURCES = 12;
const MOST_STRETCHES = 20;
const MOST_GAPS = 20;

/** Kinds of principals whose names are no words → the word for one, and for several. */
const KIND_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  root: ['root', 'root'],
  saml: ['SAML user', 'SAML users'],
  unknown: ['unknown', 'unknown'],
  'federated-user': ['federated user', 'federated users'],
  'identity-center-user': ['Identity Center user', 'Identity Center users'],
  'web-identity': ['web identity', 'web identities'],
};

/** What was done most, the time that was looked at, and what was not read; quiet: only the last. */
export function renderUsage(input: UsageSummary, options: TextOptions): string {
  const style = toStyle(options);
  const blocks = style.isQuiet
    ? [renderGaps(input, style)]
    : [renderSources(input, style), renderCoverage(input, style), renderGaps(input, style), renderCounts(input, style)];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function renderSources({ sources }: UsageSummary, style: Style): string[] {
  const shown = sources.slice(0, MOST_SOURCES);
  const room = Math.max(0, ...shown.map(({ eventSource }) => widthOf(clean(eventSource))));
  const width = Math.min(room, Math.max(16, style.width - 50));
  const lines = shown.map(({ eventSource, events, eventNames, principals, denied }) => {
    const counts = `${String(events).padStart(9)} ${padTo(eventNames === 1 ? '1 call' : `${eventNames} calls`, 9)} ${count(principals, 'principal')}`;
    const name = padTo(cutEnd(clean(eventSource), width, style.ellipsis), width);
    return `  ${name} ${counts}${denied > 0 ? style.dim(`, ${denied} denied`) : ''}`;
  });
  const more = sources.length - shown.length;
  return lines.length === 0
    ? []
    : [style.bold('EVENTS'), ...lines, ...(more > 0 ? [`  and ${count(more, 'service')} more`] : [])];
}

function renderCoverage({ events, coverage }: UsageSummary, style: Style): string[] {
  if (coverage.length === 0) return events === 0 ? [] : [`${style.bold('TIME')}: none is known to be covered.`];
  const lines = coverage.slice(0, MOST_STRETCHES).map(({ account, region, categories, onlyWrites, from, to }) => {
    const place = `${clean(account)}  ${padTo(clean(region), 14)}`;
    return `  ${place}  ${from} to ${to}  ${style.dim(`${categories.join(', ')}${onlyWrites === true ? ' (writes)' : ''}`)}`;
  });
  const more = coverage.length - MOST_STRETCHES;
  return [style.bold('TIME'), ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

function renderGaps({ gaps }: UsageSummary, style: Style): string[] {
  if (gaps.length === 0) return [];
  const lines = gaps.slice(0, MOST_GAPS).flatMap(({ account, region, reason, detail }) => {
    const place = [account, region]
      .filter((part) => part !== undefined)
      .map(clean)
      .join(', ');
    const text = `${place === '' ? '' : `${place}: `}${clean(detail)}`;
    return wrap(text, `  ${padTo(clean(reason), 15)} `, style.proseWidth, 18);
  });
  const more = gaps.length - MOST_GAPS;
  return [`NOT READ: ${count(gaps.length, 'gap')}`, ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

function renderCounts({ events, outcomes, principals, sources }: UsageSummary, style: Style): string[] {
  const { succeeded, ...others } = outcomes;
  const ends = [
    `${succeeded} succeeded`,
    ...Object.entries(others)
      .filter(([, number]) => number > 0)
      .map(([outcome, number]) => `${number} ${outcome}`),
  ];
  const who = Object.entries(principals).map(([kind, number]) => {
    const [one, several] = KIND_WORDS[kind] ?? [kind, `${kind}s`];
    return count(number, one, several);
  });
  const line = (label: string, text: string) => wrap(text, padTo(label, LABEL_WIDTH), style.proseWidth, LABEL_WIDTH);
  return [
    `${count(events, 'event')} of ${count(sources.length, 'service')}${events === 0 ? '.' : `: ${ends.join(', ')}.`}`,
    ...(who.length === 0 ? [] : line('principals', who.join(', '))),
  ];
}

/** The JSON form. */
export function renderUsageJson({ events, outcomes, principals, sources, coverage, gaps }: UsageSummary): string {
  const output = {
    schemaVersion: 1,
    summary: { events, outcomes, principals, gaps: gaps.length },
    sources,
    coverage,
    gaps: gaps.map(({ account = null, region = null, reason, detail }) => ({ account, region, reason, detail })),
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}
