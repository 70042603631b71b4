import type { UnknownValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { type Answer, any, type Cause, open } from './answer.js';
import { elementsOf } from './statement.js';
import { resolveTemplate, type Template, type Text, toTemplate, type VariableReader } from './text.js';

/** The texts of a field of a statement or condition: actions, resources, values, identifiers. */
export interface Texts {
  readonly elements: readonly TextElement[];
  /** There may be others. */
  readonly rest: Cause | undefined;
}

interface TextElement {
  /** All that it may be, one where it is known; undefined for what is no text. */
  readonly options: readonly (Template | undefined)[];
  /** Why it is perhaps not there, or which of the options it is. */
  readonly perhaps: Cause | undefined;
  readonly value: Value;
}

/** The texts of a list value; a scalar is a list of one. */
export function toTexts(value: Value | undefined, hasVariables: boolean): Texts {
  const { elements, isOpen } = elementsOf(value);
  const list = value?.kind === 'list' ? value : undefined;
  const rest = !isOpen ? undefined : causeOf(value?.kind === 'unknown' ? value : list?.rest);
  return {
    rest,
    elements: elements.map(({ value: element, existence }): TextElement => {
      const alternatives = element.kind === 'unknown' ? element.alternatives : undefined;
      const options = (alternatives ?? [element]).map((one) =>
        one.kind === 'absent' ? undefined : toTemplate(one, hasVariables),
      );
      const perhaps =
        existence !== 'once'
          ? causeOf(list?.existenceCause)
          : alternatives !== undefined && element.kind === 'unknown'
            ? causeOf(element)
            : undefined;
      return { options, perhaps, value: element };
    }),
  };
}

function causeOf(
  from: UnknownValue | { readonly reason: UnknownValue['reason']; readonly subject?: string | undefined } | undefined,
): Cause {
  if (from !== undefined && 'kind' in from) return { kind: 'value', value: from };
  return { kind: 'value', value: unknownValue(from?.reason ?? 'outside-input', { subject: from?.subject }) };
}

/** Whether one of the texts passes. A variable whose key is absent makes a text that passes nothing, or what `missing` says. */
export function someText(
  { elements, rest }: Texts,
  read: VariableReader,
  test: (text: Text) => Answer,
  missing: Answer = false,
): Answer {
  const answers: Answer[] = elements.map(({ options, perhaps }) => {
    const given = options.map((template): Answer => {
      const text = template === undefined ? undefined : resolveTemplate(template, read);
      return text === undefined ? template !== undefined && missing : test(text);
    });
    return joined(given, perhaps);
  });
  if (rest !== undefined) answers.push(open(rest));
  return any(answers);
}

/** The answer of all that an element may be: open where they differ, or where it may not be there. */
function joined(answers: readonly Answer[], perhaps: Cause | undefined): Answer {
  const [first = false] = answers;
  if (perhaps === undefined) return first;
  if (answers.every((answer) => answer === false)) return false;
  if (answers.length > 1 && answers.every((answer) => answer === true)) return true;
  return open(perhaps, ...answers.flatMap((answer) => (typeof answer === 'boolean' ? [] : answer.causes)));
}
