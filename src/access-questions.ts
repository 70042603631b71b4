import { type AccessQuestion, answerQuestion } from './access/question.js';
import { collectSecrets } from './collect-secrets.js';
import type { AccessAnswer } from './findings/access-answer.js';
import { arnOfResource, hasResourcePolicy } from './graph/arn-of-resource.js';
import { openProject, type ProjectOptions, UsageError } from './project.js';
import { askedRoots, readProject } from './read-project.js';
import type { ReadingOptions } from './reading-options.js';
import type { AccessInput } from './report/access.js';
import { listingExit } from './summary.js';
import { walkProject } from './walk.js';

export interface AccessOptions extends ProjectOptions, ReadingOptions {
  readonly question: AccessQuestion;
}

export interface AskedAccess {
  readonly input: AccessInput;
  /** 0 allowed, 1 denied, 3 it depends, or not all was read. */
  readonly exitCode: 0 | 1 | 3;
  readonly incompleteNote?: string | undefined;
}

const EXIT_CODES: Readonly<Record<AccessAnswer['outcome'], 0 | 1 | 3>> = {
  allowed: 0,
  'explicit-deny': 1,
  'implicit-deny': 1,
  depends: 3,
};

/** May a principal do something with a resource, by the policies of the input? Throws `UsageError`. */
export function askAccess(options: AccessOptions): AskedAccess {
  const project = openProject(options);
  const reading = readProject(project, walkProject(project, options.type), options);
  const roots = new Set(askedRoots(project, reading.evaluation).map(({ root }) => root));
  const facts = { arnOf: arnOfResource, hasResourcePolicy };
  const answer = answerQuestion(options.question, { graph: reading.graph, facts, roots });
  if ('problem' in answer) throw new UsageError(answer.problem);
  const { exitCode, incompleteNote } = listingExit(reading);
  return {
    input: {
      projectRoot: project.rootFromHere,
      workingDirectory: project.workingDirectory,
      repositoryRoot: '',
      secrets: collectSecrets(reading, options.environment),
      answer,
    },
    exitCode: exitCode === 0 ? EXIT_CODES[answer.outcome] : exitCode,
    incompleteNote,
  };
}
