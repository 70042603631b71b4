import { elementsOf, fieldOf } from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import type { NewStatement } from './build-document.js';
import { keyName, shown, shownList } from './document-json.js';
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
  const width = Math.max(...fields.map(([name]) => name.length));
  const conditions = elementsOf(fieldOf(value, 'condition')).elements.map(({ value: one }) => conditionBlock(one));
  return [
    ...notesOf(part).map((note) => `  # ${note}\n`),
    '  statement {\n',
    ...fields.map(([name, text]) => `    ${name.padEnd(width)} = ${text}\n`),
    ...conditions,
    '  }\n',
  ].join('');
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
      values   = ${values}
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
