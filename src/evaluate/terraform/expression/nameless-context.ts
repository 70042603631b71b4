import { unknownValue } from '../../../model/values.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import { EvaluationBudget, type EvaluationContext, type Scope } from './context.js';

/** Where there are no names, no functions and no files: what stands there is written as it is. */
export function namelessContext(
  file: SourceFile,
  report: (diagnostic: Diagnostic) => void,
  maxSteps: number,
  explainMissing?: Scope['explainMissing'],
): EvaluationContext {
  return {
    file,
    scope: { reference: () => undefined, explainMissing },
    functions: new Map(),
    functionContext: {
      fileSystem: {
        readFile: () => ({ ok: false, failure: 'outside' }),
        readDirectory: () => ({ ok: false, failure: 'outside' }),
        kindOf: () => undefined,
      },
      rootFolder: '',
      templateDepth: 0,
      renderTemplate: () => unknownValue('invalid-expression'),
    },
    budget: new EvaluationBudget(maxSteps),
    report,
  };
}
