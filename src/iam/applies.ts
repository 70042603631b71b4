import type { Value } from '../model/value.js';
import { type Answer, all, any } from './answer.js';
import { type CompiledStatement, compileStatement, servicesOf } from './compile-statement.js';
import { toCondition } from './condition.js';
import type { Context } from './context.js';
import { knownText } from './matcher.js';
import {
  type Caller,
  isAllowedByExclusion,
  isDeniedByExclusion,
  type Naming,
  NOBODY,
  namingOf,
  toPrincipals,
} from './principal.js';
import { elementsOf, fieldOf, hasEffect, isEmptyList } from './statement.js';
import type { Statement } from './statement-parts.js';
import type { Text } from './text.js';
import { toTexts } from './texts.js';

/** A request, as far as policies look at it. */
export interface Request {
  readonly caller: Caller;
  readonly hasBoundary: Answer;
  /** In lower case. */
  readonly action: Text;
  /** `*` for actions that have no resource. */
  readonly resource: Text;
  readonly context: Context;
}

/** A document, taken apart once. */
export interface Document {
  readonly source: Value;
  readonly statements: readonly Statement[];
  /** It is unknown, or there may be other statements. */
  readonly isOpen: boolean;
}

const documents = new WeakMap<Value, Document>();

/** The statements of a document in Terraform's words (`statement[]`), partly unknown. */
export function toDocument(source: Value): Document {
  const made = documents.get(source);
  if (made !== undefined) return made;
  const version = source.kind === 'object' ? source.entries.get('version') : undefined;
  const hasVariables = version?.kind === 'string' && version.value === '2012-10-17';
  const list = source.kind === 'object' ? source.entries.get('statement') : undefined;
  const { elements, isOpen } = elementsOf(list);
  const isPartly = source.kind === 'unknown' || (source.kind === 'object' && source.rest !== undefined);
  const document: Document = {
    source,
    statements: elements.map(({ value, existence }) => toStatement(value, hasVariables, existence !== 'once')),
    // Whether its variables are variables is not known either.
    isOpen: isOpen || isPartly || version?.kind === 'unknown',
  };
  documents.set(source, document);
  return document;
}

function toStatement(source: Value, hasVariables: boolean, perhaps: boolean): Statement {
  const texts = (field: 'actions' | 'not_actions' | 'resources' | 'not_resources', variables: boolean) => {
    const value = fieldOf(source, field);
    return value === undefined || isEmptyList(value) ? undefined : toTexts(value, variables);
  };
  const conditions = elementsOf(fieldOf(source, 'condition'));
  return {
    source,
    isAllow: hasEffect(source, 'Allow'),
    actions: texts('actions', false),
    notActions: texts('not_actions', false),
    resources: texts('resources', hasVariables),
    notResources: texts('not_resources', hasVariables),
    principals: toPrincipals(source, 'principals'),
    notPrincipals: toPrincipals(source, 'not_principals'),
    conditions: conditions.elements.map(({ value, existence }) => ({
      condition: toCondition(value, hasVariables),
      perhaps: existence !== 'once',
    })),
    areConditionsOpen: conditions.isOpen,
    perhaps,
  };
}

/** Whether action, resource and conditions of a statement fit a request, whoever makes it. */
export function fits(statement: Statement, request: Request): Answer {
  const compiled = compile(statement);
  const action = compiled.fitsAction(request.action);
  if (action === false) return false;
  const resource = compiled.fitsResource(request.resource, request.context);
  if (resource === false) return false;
  const conditions = compiled.meetsConditions(request.context);
  if (conditions === false || (action === true && resource === true)) return conditions;
  return all([action, resource, conditions]);
}

/** The statements of a document that may be about a request's action, in their order. */
export function statementsAbout({ statements }: Document, { action }: Request): readonly Statement[] {
  const service = serviceOf(action);
  if (service === undefined) return statements;
  let byService = indexes.get(statements);
  if (byService === undefined) {
    byService = new Map();
    indexes.set(statements, byService);
  }
  let found = byService.get(service);
  if (found === undefined) {
    found = statements.filter((statement) => {
      const services = servicesOf(statement);
      return services === 'any' || services.has(service);
    });
    byService.set(service, found);
  }
  return found;
}

let lastService: { readonly action: Text; readonly service: string | undefined } = { action: [], service: undefined };

/** The service of an action, one action being asked about many times in a row; undefined where it is not known. */
function serviceOf(action: Text): string | undefined {
  if (lastService.action !== action) {
    const text = knownText(action);
    lastService = { action, service: text?.slice(0, text.indexOf(':')) };
  }
  return lastService.service;
}

const indexes = new WeakMap<readonly Statement[], Map<string, readonly Statement[]>>();

const compiledStatements = new WeakMap<Statement, CompiledStatement>();

function compile(statement: Statement): CompiledStatement {
  let made = compiledStatements.get(statement);
  if (made === undefined) {
    made = compileStatement(statement);
    compiledStatements.set(statement, made);
  }
  return made;
}

/** By what an Allow names the caller. Without any principal it names nobody. */
export function allowNaming({ principals, notPrincipals }: Statement, { caller, action }: Request): Naming {
  const isSts = isStsAction(action);
  const named = principals === undefined ? NOBODY : namingOf(principals, caller, isSts);
  if (notPrincipals === undefined) return named;
  return { ...named, direct: any([named.direct, isAllowedByExclusion(notPrincipals, caller, isSts)]) };
}

/** Whether a Deny is for the caller: named in any way, or not among those that are excepted. */
export function isDenyFor({ principals, notPrincipals }: Statement, request: Request): Answer {
  const { caller, hasBoundary } = request;
  const isSts = isStsAction(request.action);
  const naming = principals === undefined ? NOBODY : namingOf(principals, caller, isSts);
  return any([
    naming.direct,
    naming.role,
    naming.account,
    notPrincipals !== undefined && isDeniedByExclusion(notPrincipals, caller, hasBoundary, isSts),
  ]);
}

function isStsAction(action: Text): boolean {
  return ['s', 't', 's', ':'].every((letter, index) => action[index] === letter.charCodeAt(0));
}

/** Whether only a condition keeps a statement from applying: what an answer explains a missing grant by. */
export function isNearMiss(statement: Statement, request: Request): boolean {
  if (statement.conditions.length === 0) return false;
  const { fitsAction, fitsResource } = compile(statement);
  return fitsAction(request.action) === true && fitsResource(request.resource, request.context) === true;
}
