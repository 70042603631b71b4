import type { SourceRange } from '../source/source-file.js';

/** What is wrong with a policy: IAM would refuse it, or part of it says nothing. */
export interface AccessProblem {
  /** In one sentence, with the number of the statement where it is one's. */
  readonly message: string;
  readonly policy: string | null;
  readonly location: SourceRange | null;
}
