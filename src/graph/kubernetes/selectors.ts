import type { ObjectValue, Value } from '../../model/value.js';

/** Three-valued: undefined where labels or selector are not known as far as it asks. */
export type Match = boolean | undefined;

/** Whether labels are those that a plain map of labels asks for (a Service's `selector`). */
export function matchesLabels(wanted: ObjectValue, labels: Value | undefined): Match {
  let match: Match = wanted.rest === undefined ? true : undefined;
  for (const [key, value] of wanted.entries) {
    match = and(match, hasValue(labels, key, value));
    if (match === false) return false;
  }
  return match;
}

/** Whether a LabelSelector selects labels. An empty one selects all; whether none selects any is the asker's to say. */
export function matchesSelector(selector: ObjectValue, labels: Value | undefined): Match {
  const wanted = selector.entries.get('matchLabels');
  const expressions = selector.entries.get('matchExpressions');
  let match: Match = selector.rest === undefined ? true : undefined;
  if (wanted?.kind === 'object') match = and(match, matchesLabels(wanted, labels));
  else if (wanted?.kind === 'unknown') match = and(match, undefined);
  if (expressions?.kind === 'unknown') return and(match, undefined);
  if (expressions?.kind !== 'list') return match;
  if (expressions.rest !== undefined) match = and(match, undefined);
  expressions.elements.forEach((expression, index) => {
    const holds = meets(expression, labels);
    match = and(match, expressions.existence?.get(index) === undefined ? holds : or(holds, undefined));
  });
  return match;
}

function meets(expression: Value, labels: Value | undefined): Match {
  if (expression.kind !== 'object') return undefined;
  const key = expression.entries.get('key');
  const operator = expression.entries.get('operator');
  if (key?.kind !== 'string' || operator?.kind !== 'string') return undefined;
  switch (operator.value) {
    case 'Exists':
      return hasKey(labels, key.value);
    case 'DoesNotExist':
      return not(hasKey(labels, key.value));
    case 'In':
      return isOneOf(labels, key.value, expression.entries.get('values'));
    case 'NotIn':
      return not(isOneOf(labels, key.value, expression.entries.get('values')));
    default:
      return undefined;
  }
}

function isOneOf(labels: Value | undefined, key: string, values: Value | undefined): Match {
  if (values?.kind !== 'list') return values === undefined ? false : undefined;
  let match: Match = values.rest === undefined ? false : undefined;
  values.elements.forEach((value, index) => {
    const holds = hasValue(labels, key, value);
    match = or(match, values.existence?.get(index) === undefined ? holds : and(holds, undefined));
  });
  // A label that is not there is none of them, known or not.
  return and(match, hasKey(labels, key));
}

function hasKey(labels: Value | undefined, key: string): Match {
  if (labels?.kind === 'unknown') return undefined;
  if (labels?.kind !== 'object') return false;
  const value = labels.entries.get(key);
  if (value === undefined) return labels.rest === undefined ? false : undefined;
  // A label of a wrong type is there, whatever it is.
  return value.kind === 'unknown' && value.alternatives?.some(({ kind }) => kind === 'absent') === true
    ? undefined
    : value.kind !== 'null';
}

function hasValue(labels: Value | undefined, key: string, wanted: Value): Match {
  const isThere = hasKey(labels, key);
  if (isThere !== true || labels?.kind !== 'object') return isThere;
  const value = labels.entries.get(key);
  if (value?.kind === 'string' && wanted.kind === 'string') return value.value === wanted.value;
  const isSame = value?.kind === 'unknown' && wanted.kind === 'unknown' && value.identity !== undefined;
  return isSame && value.identity === wanted.identity ? true : undefined;
}

function and(a: Match, b: Match): Match {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

function or(a: Match, b: Match): Match {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}

function not(match: Match): Match {
  return match === undefined ? undefined : !match;
}
