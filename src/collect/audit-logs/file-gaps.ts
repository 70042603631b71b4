import type { UsageGap } from '../../model/usage.js';
import type { LogFile } from './log-files.js';
import type { FileProblem, FileReport } from './read-log-file.js';

export interface ReadFile {
  readonly file: LogFile;
  readonly report: FileReport;
}

/** What of a file was not read, or is not as it should be. */
export function gapsOfFile({ file, report }: ReadFile, show: (path: string) => string): readonly UsageGap[] {
  const name = `"${show(file.path)}"`;
  const { account, region } = file;
  const gap = (reason: string, detail: string): UsageGap => ({ account, region, reason, detail });
  const gaps: UsageGap[] = [];
  const { problem, unknownShape, strange, otherVersion, undecided } = report;
  if (problem !== undefined) gaps.push(gap(reasonOf(problem), describeProblem(name, problem, report.events)));
  if (unknownShape + strange > 0)
    gaps.push(
      gap('unknown-shape', `${name} has ${count(unknownShape + strange, 'event')} of a shape that is not known.`),
    );
  if (otherVersion > 0)
    gaps.push(gap('event-version', `${name} has ${count(otherVersion, 'event')} of a version that is not 1.`));
  if (undecided > 0) gaps.push(gap('maybe-twice', `${count(undecided, 'event')} of ${name} may be counted twice.`));
  for (const [place, events] of report.elsewhere)
    gaps.push(
      gap(
        'other-place',
        `${count(events, 'event')} in ${name} ${events === 1 ? 'is' : 'are'} of ${place.replace(' ', ', ')}.`,
      ),
    );
  return gaps;
}

function reasonOf(problem: FileProblem): string {
  return problem.split(' ')[0] ?? problem;
}

function describeProblem(name: string, problem: FileProblem, events: number): string {
  const before = `${count(events, 'event')} before that ${events === 1 ? 'is' : 'are'} counted`;
  switch (problem) {
    case 'cut':
      return `${name} is cut off: ${before}.`;
    case 'corrupt':
      return `${name} cannot be unpacked from some point on: ${before}.`;
    case 'syntax':
      return `${name} is no JSON from some point on: ${before}.`;
    case 'too-large':
      return `${name} is larger than any log: ${before}.`;
    case 'no-json':
      return `${name} is neither gzip nor JSON.`;
    case 'empty':
      return `${name} is empty.`;
    default:
      return `${name} cannot be read (${problem.slice('unreadable '.length)}).`;
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
