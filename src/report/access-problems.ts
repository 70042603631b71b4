import type { AccessProblem } from '../findings/access-problem.js';
import type { ReportInput } from '../findings/report-input.js';
import { toJsonRange, toLinePlace } from './display-path.js';
import type { Mask } from './mask.js';
import { clean, type Style, wrap } from './terminal-text.js';

type Places = Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot'>;

/** What is wrong with policies, each with its place. */
export function renderProblems(problems: readonly AccessProblem[], places: Places, style: Style): string[] {
  return problems.flatMap(({ message, policy, location }) => {
    const whose = policy === null ? '' : `${policy}: `;
    const place = location === null ? [] : [`            ${style.dim(clean(toLinePlace(places, location)))}`];
    return [...wrap(clean(`${whose}${message}`), '  problem   ', style.width), ...place];
  });
}

export function problemsJson(problems: readonly AccessProblem[], places: Places): object[] {
  return problems.map(({ location, ...problem }) => ({
    ...problem,
    location: location === null ? null : toJsonRange(location, places),
  }));
}

/** Messages quote what is written, which may be secret. */
export function maskProblems(problems: readonly AccessProblem[], mask: Mask): AccessProblem[] {
  return problems.map(({ message, policy, location }) => ({
    message: mask.text(message),
    policy: policy === null ? null : mask.name(policy),
    location,
  }));
}
