import { elementsOf, fieldOf } from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import { keyName } from '../global-keys.js';
import { shown, shownList } from '../shown-text.js';
import type { NewStatement } from './build-document.js';
import { notesOf } from './notes.js';

/** A new customer policy as Terraform writes it: its document, with comments for what is kept unseen, and the policy. */
export function toTerraform(statements: readonly NewStatement[], label: string): string {
  const blocks = statements.map(statementBlock);
  return `data "aws_iam_policy_document" "${label}" {
${blocks.join('\n')}}

resource "aws_iam_policy" "${label}" {
  name   = "${label}"
  policy = data.aws_iam_policy_document.${label}.json
}
`;
}

function statementBlock({ value, part, sid }: NewStatement): string {
  const effect = fieldOf(value, 'effect');
  const fields: (readonly [string, string])[] = [
    ...(sid === null ? [] : [['sid', quoted(sid)] as const]),
    ...(effect === undefined || shown(effect) === 'Allow' ? [] : [['effect', quoted(shown(effect))] as const]),
    ...(['actions', 'not_actions', 'resources', 'not_resources'] as const).flatMap((name) => {
      const texts = shownList(fieldOf(value, name));
      return texts.length === 0 ? [] : [[name, listText(texts, 4)] as const];
    }),
  ];
  const conditions = elementsOf(fieldOf(value, 'condition')).elements.map(({ value: one }) => conditionBlock(one));
  return [
    ...notesOf(part).map((note) => `  # ${note}\n`),
    '  statement {\n',
    ...fields.map(([name, text], index) => `    ${name.padEnd(widthAt(fields, index))} = ${text}\n`),
    ...conditions,
    '  }\n',
  ].join('');
}

/** `terraform fmt` puts equals signs of neighbouring lines below each other, and a value of several lines stands for itself. */
function widthAt(fields: readonly (readonly [string, string])[], index: number): number {
  const isWhole = (at: number) => fields[at]?.[1].includes('\n') === false;
  if (!isWhole(index)) return 0;
  let [start, end] = [index, index];
  while (isWhole(start - 1)) start--;
  while (isWhole(end + 1)) end++;
  return Math.max(...fields.slice(start, end + 1).map(([name]) => name.length));
}

function conditionBlock(condition: Value): string {
  const [test, variable] = (['test', 'variable'] as const).map((name) => {
    const field = fieldOf(condition, name);
    return field === undefined ? '' : shown(field);
  });
  const values = listText(shownList(fieldOf(condition, 'values')), 6);
  return `
    condition {
      test     = ${quoted(test ?? '')}
      variable = ${quoted(keyName(variable ?? ''))}
      values${values.includes('\n') ? '' : '  '} = ${values}
    }
`;
}

/** One text on the line; several on a line each. */
export function listText(texts: readonly string[], indent: number): string {
  const [only, ...others] = texts;
  if (only !== undefined && others.length === 0) return `[${quoted(only)}]`;
  const inner = ' '.repeat(indent + 2);
  return `[\n${texts.map((text) => `${inner}${quoted(text)},\n`).join('')}${' '.repeat(indent)}]`;
}

/** A text of HCL: what would be a template in it is none. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/([$%])\{/g, '$1$1{');
}
