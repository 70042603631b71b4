import { ANY, isHole, ONE, plainText, type Statement, type Text, type Token } from '../../iam/index.js';
import { type ActionSet, actionsLike, allActions, differenceOf, NO_ACTIONS, unionOf } from './action-set.js';

/** A statement as sets, made once for each that is written. */
export interface CompiledStatement {
  readonly statement: Statement;
  /** The actions that it is certainly about. */
  readonly certain: ActionSet;
  /** Those, and what its unknown parts may name. */
  readonly possible: ActionSet;
  /** It is certainly about every resource. */
  readonly isOnAll: boolean;
  /** The known beginnings of its resources; undefined: it may be about any. */
  readonly starts: readonly string[] | undefined;
  readonly hasConditions: boolean;
  /** Its effect, its action and its resources are known, and it is there. */
  readonly isKnown: boolean;
}

const compiled = new WeakMap<Statement, CompiledStatement>();

export function compileStatement(statement: Statement): CompiledStatement {
  let made = compiled.get(statement);
  if (made === undefined) {
    made = compile(statement);
    compiled.set(statement, made);
  }
  return made;
}

function compile(statement: Statement): CompiledStatement {
  const { actions, notActions, conditions, areConditionsOpen, perhaps, isAllow } = statement;
  const named = setsOf(actions);
  const excepted = notActions === undefined ? undefined : setsOf(notActions);
  const resources = resourcesOf(statement);
  return {
    statement,
    certain:
      excepted === undefined ? named.certain : unionOf([named.certain, differenceOf(allActions(), excepted.possible)]),
    possible:
      excepted === undefined ? named.possible : unionOf([named.possible, differenceOf(allActions(), excepted.certain)]),
    ...resources,
    hasConditions: conditions.length > 0 || areConditionsOpen,
    isKnown: isAllow !== undefined && !perhaps && named.isKnown && (excepted?.isKnown ?? true) && resources.isKnown,
  };
}

interface Sets {
  readonly certain: ActionSet;
  readonly possible: ActionSet;
  readonly isKnown: boolean;
}

function setsOf(texts: Statement['actions']): Sets {
  if (texts === undefined) return { certain: NO_ACTIONS, possible: NO_ACTIONS, isKnown: true };
  const certain: ActionSet[] = [];
  const possible: ActionSet[] = texts.rest === undefined ? [] : [allActions()];
  let isKnown = texts.rest === undefined;
  for (const { options, perhaps } of texts.elements) {
    for (const template of options) {
      if (template === undefined) continue;
      const plain = plainText(template.tokens as Text);
      const set = actionsLike(plain ?? widest(template.tokens as Text));
      possible.push(set);
      if (plain !== undefined && perhaps === undefined) certain.push(set);
      else isKnown = false;
    }
  }
  return { certain: unionOf(certain), possible: unionOf(possible), isKnown };
}

/** The text with any run of characters for its unknown parts. */
function widest(text: Text): string {
  return plainText(text.map((token) => (isHole(token) ? ANY : token))) ?? '*';
}

function resourcesOf({ resources, notResources }: Statement) {
  if (notResources !== undefined) return { isOnAll: false, starts: undefined, isKnown: isKnownList(notResources) };
  if (resources === undefined) return { isOnAll: true, starts: undefined, isKnown: true };
  const starts: string[] = [];
  let isOnAll = false;
  for (const { options, perhaps } of resources.elements) {
    for (const template of options) {
      const start = template === undefined ? '' : startOf(template.tokens as Text);
      starts.push(start);
      if (perhaps === undefined && template?.tokens.length === 1 && template.tokens[0] === ANY) isOnAll = true;
    }
  }
  const isOpen = resources.rest !== undefined || starts.includes('');
  return { isOnAll, starts: isOpen ? undefined : starts, isKnown: isKnownList(resources) };
}

function isKnownList({ elements, rest }: NonNullable<Statement['resources']>): boolean {
  return (
    rest === undefined &&
    elements.every(
      ({ options, perhaps }) =>
        perhaps === undefined && options.every((template) => template?.tokens.some((token) => isHole(token)) !== true),
    )
  );
}

/** The characters before the first wildcard, variable or unknown part. */
function startOf(tokens: readonly (Token | object)[]): string {
  const end = tokens.findIndex((token) => typeof token !== 'number' || token === ANY || token === ONE);
  return plainText((end === -1 ? tokens : tokens.slice(0, end)) as Text) ?? '';
}

/** Whether two statements are certainly about different resources, by the beginnings of their patterns. */
export function areApart(some: CompiledStatement, other: CompiledStatement): boolean {
  if (some.starts === undefined || other.starts === undefined) return false;
  return !some.starts.some((start) => other.starts?.some((one) => one.startsWith(start) || start.startsWith(one)));
}
