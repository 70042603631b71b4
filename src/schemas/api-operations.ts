import { apiOperationTable } from './generated/api-operations.js';

/** What the services' API models say of the actions of IAM. */
export interface ApiOperations {
  /** What it was made of. */
  readonly version: string;
  /** Whether no operation has the action's name: `s3`, `ReplicateObject`. */
  readonly isWithoutOperation: (service: string, action: string) => boolean;
  /** Actions that IAM may check beside an action, `iam:PassRole` beside `lambda:CreateFunction`. */
  readonly dependentsOf: (action: string) => readonly string[];
  /** The verbs of HTTP of an operation of API Gateway, which are its actions: `POST`. */
  readonly gatewayVerbsOf: (operation: string) => readonly string[];
}

let table: ApiOperations | undefined;

/**
 * The table is read when it is first asked for. A line each, its parts divided by tabs: the version; `o`, a service, its actions without an
 * operation; `d`, a service, its actions with what is checked beside them, `CreateFunction=iam:PassRole` (without a prefix: of the same
 * service), divided by `;`; `v`, a verb, operations of API Gateway. Lists are divided by commas.
 * `scripts/generate-api-operations.ts` writes it.
 */
export function apiOperations(): ApiOperations {
  table ??= parseApiOperations(apiOperationTable());
  return table;
}

function parseApiOperations(text: string): ApiOperations {
  const [version = '', ...lines] = text.split('\n');
  const without = new Map<string, ReadonlySet<string>>();
  const dependents = new Map<string, readonly string[]>();
  const verbs = new Map<string, string[]>();
  for (const line of lines) {
    const [kind, name = '', list = ''] = line.split('\t');
    if (kind === 'o') without.set(name, new Set(list.toLowerCase().split(',')));
    if (kind === 'd') for (const one of list.split(';')) addDependents(dependents, name, one);
    if (kind === 'v')
      for (const operation of list.split(',')) verbs.set(operation, [...(verbs.get(operation) ?? []), name]);
  }
  return {
    version,
    isWithoutOperation: (service, action) => without.get(service)?.has(action.toLowerCase()) === true,
    dependentsOf: (action) => dependents.get(action) ?? [],
    gatewayVerbsOf: (operation) => verbs.get(operation) ?? [],
  };
}

function addDependents(dependents: Map<string, readonly string[]>, service: string, text: string): void {
  const [action = '', list = ''] = text.split('=');
  dependents.set(
    `${service}:${action}`,
    list.split(',').map((name) => (name.includes(':') ? name : `${service}:${name}`)),
  );
}
