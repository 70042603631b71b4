import type { Finding, ViaStep } from '../findings/finding.js';
import type { ReportInput } from '../findings/report-input.js';
import { lineEnd } from '../source/line-bounds.js';
import type { SourceRange } from '../source/source-file.js';
import { toLineRange, toRepositoryPath } from './display-path.js';

const MAX_RELATED = 50;

/** Calls are listed after the rest; flags and environment variables are in no file. */
const NOT_LINKED: ReadonlySet<ViaStep['kind']> = new Set(['call', 'flag', 'environment']);

const WORDS: Readonly<Record<ViaStep['kind'], string>> = {
  tfvars: 'set here',
  flag: 'set here',
  environment: 'set here',
  default: 'default here',
  local: 'set here',
  argument: 'passed here',
  variable: 'read here',
  output: 'handed out here',
  'for-each': 'repeated here',
  resource: 'read here',
  data: 'read here',
  file: 'in this file',
  function: 'made here',
  call: 'called here',
  'default-of-type': 'default here',
  fact: 'stated here',
  parameter: 'passed here',
  'parameter-file': 'set here',
  mapping: 'looked up here',
  import: 'imported here',
  alias: 'repeated here',
};

interface RelatedPlaces {
  readonly locations: readonly object[];
  /** `[Set here](1), [passed here](2), used here.`, or nothing where the place says it all. */
  readonly sentence: string;
}

/** The way of the value, the attribute, the block and what else mattered, numbered for the message's links. */
export function toRelatedPlaces(
  group: readonly Finding[],
  primary: SourceRange | undefined,
  input: ReportInput,
): RelatedPlaces {
  const locations: object[] = [];
  const links: string[] = [];
  const seen = new Set<string>(primary === undefined ? [] : [keyOf(primary)]);
  const add = (range: SourceRange | null, message: string): number | undefined => {
    if (range === null || locations.length >= MAX_RELATED || range.file.external === true) return undefined;
    const path = toRepositoryPath(input, range.file.path);
    if (path === undefined || seen.has(keyOf(range))) return undefined;
    seen.add(keyOf(range));
    const id = locations.length + 1;
    const uri = path.split('/').map(encodeURIComponent).join('/');
    const physicalLocation = { artifactLocation: { uri, uriBaseId: 'SRCROOT' }, region: toLineRange(range) };
    locations.push({ id, message: { text: message }, physicalLocation });
    return id;
  };
  for (const finding of group) {
    for (const { kind, range } of finding.via.filter((step) => !NOT_LINKED.has(step.kind))) {
      const id = add(range, capitalize(WORDS[kind]));
      if (id !== undefined) links.push(`[${WORDS[kind]}](${id})`);
      // The result itself stands there: a word without a link.
      else if (links.length === 0 && primary !== undefined && keyOf(range) === keyOf(primary)) links.push(WORDS[kind]);
    }
    const used = add(finding.location, 'Used here');
    if (used !== undefined) links.push(`[used here](${used})`);
  }
  for (const finding of group) {
    add(headerOf(finding), 'The resource');
    for (const range of finding.also) add(range, 'Matters too');
    for (const { kind, range } of finding.via) if (kind === 'call') add(range, 'Called here');
  }
  const hasLink = links.some((link) => link.startsWith('['));
  const sentence = hasLink ? `${capitalizeLink(links.join(', '))}.` : '';
  return { locations, sentence };
}

/** The first line of the resource's block, never its body. */
function headerOf({ resourceLocation }: Finding): SourceRange | null {
  if (resourceLocation === null) return null;
  const { file, start, end } = resourceLocation;
  return { file, start, end: lineEnd(file.text, start, end) };
}

function keyOf({ file, start }: SourceRange): string {
  return `${file.path}:${start}`;
}

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function capitalizeLink(text: string): string {
  return text.replace(/^\[?./, (start) => start.toUpperCase());
}
