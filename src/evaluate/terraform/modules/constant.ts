import type { Value } from '../../../model/value.js';
import { stringValue } from '../../../model/values.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { Expression } from '../../../syntax/hcl/ast.js';
import { evaluateExpression } from '../expression/evaluate-expression.js';
import { namelessContext } from '../expression/nameless-context.js';
import { objectOf, tupleOf } from '../values/collections.js';

type Report = (diagnostic: Diagnostic) => void;

/** SAFETY: how many steps a value that is written without names may take. */
const maxConstantSteps = 5_000_000;

/** Evaluates where there are no names and no functions: defaults, variable files, values from outside. */
export function evaluateConstant(expression: Expression, file: SourceFile, report: Report): Value {
  const explain = (name: string) => `Names have no meaning here, so not "${name}".`;
  const context = namelessContext(file, report, maxConstantSteps, explain);
  return literalJson(expression, file, report) ?? evaluateExpression(expression, context);
}

/** In JSON syntax a text is literal where no names can be: `"${x}"` stays as it is. Undefined for other values. */
function literalJson(expression: Expression, file: SourceFile, report: Report): Value | undefined {
  const origin = { file, start: expression.start, end: expression.end, step: 'written' as const };
  switch (expression.kind) {
    case 'template':
      return expression.text === undefined ? undefined : stringValue(expression.text.normalize('NFC'), origin);
    case 'tuple': {
      const elements = expression.elements.map((element) => literalJson(element, file, report));
      if (!elements.some((element) => element !== undefined)) return undefined;
      return {
        ...tupleOf(elements.map((element, index) => element ?? scalar(expression.elements[index], file, report))),
        origin,
      };
    }
    case 'object': {
      if (!expression.items.some(({ key }) => key.kind === 'template' && key.text !== undefined)) return undefined;
      const entries = expression.items.map(({ key, value }): [string, Value] => [
        key.kind === 'template' ? (key.text ?? '').normalize('NFC') : '',
        literalJson(value, file, report) ?? scalar(value, file, report),
      ]);
      return { ...objectOf(new Map(entries)), origin };
    }
    default:
      return undefined;
  }
}

/** A number, bool, null or empty structure: these mean the same everywhere. */
function scalar(expression: Expression | undefined, file: SourceFile, report: Report): Value {
  return expression === undefined ? stringValue('') : evaluateConstant(expression, file, report);
}
