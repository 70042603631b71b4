import { type Cause, holeOf, principalNames, type Statement, textOf, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import { unknownValue } from '../../model/values.js';
import { ADMINISTRATOR } from '../documents.js';
import { organizationRulesOf } from '../organization.js';
import { outsidePrincipal, type Principal } from '../principals.js';
import { accountTextOf, attributeOf, type World } from '../world.js';
import { type Judged, judge } from './judge.js';
import type { RequestContext } from './technique.js';
import { plainOf, type Terrain, type Thing, thingOf } from './terrain.js';

/** That somebody from outside of the input's accounts can take a role on. */
export interface Entry {
  readonly role: Resource;
  readonly technique: 'E22' | 'E23';
  readonly title: string;
  readonly who: string;
  readonly action: string;
  readonly thing: Thing;
  readonly judged: Judged;
}

/**
 * An issuer of tokens where anybody has an account: what it says of somebody who has nothing to do with whom a role trusts. GitHub
 * Docs, "OpenID Connect reference"; GitLab Docs, "OpenID Connect in AWS"; HCP Terraform, "Workload identity tokens"; Google,
 * "Verify the Google ID token". Whom it is for (`aud`) whoever asks for a token says.
 */
interface Issuer {
  readonly who: string;
  /** What the subject begins with, before the name of its owner. */
  readonly prefix: string;
  readonly subject: string;
  readonly claims?: Readonly<Record<string, string>> | undefined;
}

const ISSUERS: Readonly<Record<string, Issuer>> = {
  'token.actions.githubusercontent.com': {
    who: 'any repository of GitHub',
    prefix: 'repo:',
    subject: 'repo:outsiders/any:ref:refs/heads/main',
    claims: {
      repository: 'outsiders/any',
      repository_owner: 'outsiders',
      actor: 'outsider',
      job_workflow_ref: 'outsiders/any/.github/workflows/any.yml@refs/heads/main',
    },
  },
  'gitlab.com': {
    who: 'any project of GitLab.com',
    prefix: 'project_path:',
    subject: 'project_path:outsiders/any:ref_type:branch:ref:main',
  },
  'app.terraform.io': {
    who: 'any workspace of HCP Terraform',
    prefix: 'organization:',
    subject: 'organization:outsiders:project:any:workspace:any:run_phase:apply',
  },
  'accounts.google.com': { who: 'any service account of Google', prefix: '', subject: '100000000000000000000' },
};

const COGNITO = 'cognito-identity.amazonaws.com';

/** Who from outside can take a role on: by tokens that anybody gets, or from accounts that are neither in the input nor in its organization. */
export function entriesInto(terrain: Terrain, role: Resource): Entry[] {
  const document = attributeOf(terrain.world, role, 'assume_role_policy');
  if (document === undefined) return [];
  const statements = toDocument(document).statements.filter(({ isAllow }) => isAllow !== false);
  const names = [...new Set(statements.flatMap(namesIn))];
  return names.flatMap((name) => {
    const asking = byToken(name, statements) ?? byAccount(terrain.world, role, name, statements);
    return asking === undefined ? [] : decideEntry(terrain, role, asking);
  });
}

function namesIn({ principals }: Statement): readonly string[] {
  return principals === undefined ? [] : principalNames({ principals, notPrincipals: undefined });
}

/** What somebody asks for, with each of several keys. */
interface Asking extends Pick<Entry, 'technique' | 'title' | 'who' | 'action'> {
  readonly principal: Principal;
  readonly contexts: readonly RequestContext[];
  readonly causes: readonly Cause[];
}

function byToken(name: string, statements: readonly Statement[]): Asking | undefined {
  const key = (name.split('oidc-provider/')[1] ?? name).toLowerCase();
  const known = ISSUERS[key];
  const base = {
    technique: 'E23' as const,
    title: 'comes in with a token that anybody gets',
    action: 'sts:AssumeRoleWithWebIdentity',
    principal: {
      caller: { kind: 'web-identity' as const, provider: textOf(name) },
      resource: undefined,
      identity: [],
      boundary: undefined,
    },
  };
  const audiences = valuesOf(statements, `${key}:aud`).map(filled);
  if (key === COGNITO) {
    const context = new Map([[`${key}:amr`, ['unauthenticated']], ...claim(`${key}:aud`, audiences)]);
    const causes: Cause[] = [{ kind: 'construct', name: 'whether its identity pool lets in guests' }];
    return { ...base, who: 'any guest of an identity pool', contexts: [context], causes };
  }
  if (known === undefined) return undefined;
  const claims = Object.entries(known.claims ?? {}).map(([claimed, value]): [string, string[]] => [
    `${key}:${claimed}`,
    [value],
  ]);
  const subjects = [known.subject, ...valuesOf(statements, `${key}:sub`).flatMap((text) => subjectLike(text, known))];
  const contexts = subjects.flatMap((subject) =>
    (audiences.length === 0 ? ['sts.amazonaws.com'] : audiences).map(
      (audience): RequestContext => new Map([...claims, [`${key}:sub`, [subject]], [`${key}:aud`, [audience]]]),
    ),
  );
  return { ...base, who: known.who, contexts, causes: [] };
}

function claim(key: string, values: readonly string[]): [string, string[]][] {
  const [first] = values;
  return first === undefined ? [] : [[key, [first]]];
}

/** A subject of an owner whom the pattern leaves open: `repo:orchard-*:ref:*`, and not `repo:orchard/*`. */
function subjectLike(pattern: string, { prefix }: Issuer): string[] {
  const at = pattern.search(/[*?]/);
  const start = at === -1 ? pattern : pattern.slice(0, at);
  const isOpen = at !== -1 && (start.length <= prefix.length ? prefix.startsWith(start) : start.startsWith(prefix));
  if (!isOpen || /[/:]/.test(start.slice(prefix.length))) return [];
  const owner = `${start.length < prefix.length ? prefix : start}outsiders`;
  const rest = pattern.slice(at + 1).replaceAll('?', 'x');
  return [`${owner}${rest.replaceAll('*', 'x')}`, `${owner}/any${rest.replaceAll('*', 'x')}`];
}

function filled(pattern: string): string {
  return pattern.replaceAll(/[*?]/g, 'x');
}

/** The known texts that conditions of the statements hold a key to. */
function valuesOf(statements: readonly Statement[], key: string): string[] {
  return statements.flatMap(({ conditions }) =>
    conditions.flatMap(({ condition }) =>
      condition.key !== key
        ? []
        : condition.values.elements.flatMap(({ value }) => (value.kind === 'string' ? [value.value] : [])),
    ),
  );
}

function byAccount(world: World, role: Resource, name: string, statements: readonly Statement[]): Asking | undefined {
  const base = { technique: 'E22' as const, action: 'sts:AssumeRole', causes: [] };
  if (name === 'any-account') {
    const principal = outsidePrincipal(name);
    if (principal === undefined) return undefined;
    const contexts = ['o-ofnobody', undefined].map(
      (id): RequestContext => new Map([['aws:principalorgid', id === undefined ? [] : [id]]]),
    );
    return { ...base, title: 'assumes the role from any account', who: 'any AWS account', principal, contexts };
  }
  const account = /^\d{12}$/.test(name) ? name : /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(name)?.[1];
  if (account === undefined || isInside(world, role, account)) return undefined;
  // Whoever is trusted by an external id has it: IAM User Guide, "Access to AWS accounts owned by third parties".
  const context: RequestContext = new Map(claim('sts:externalid', valuesOf(statements, 'sts:externalid').map(filled)));
  const principal = administratorOf(account, name);
  const secret = context.size === 0 ? '' : ', by an external id that it knows';
  const title = `assumes the role from an account that is not in the input${secret}`;
  return { ...base, ...{ title, who: `account ${account}` }, ...{ principal, contexts: [context] } };
}

/** Whether an account is one of those in the input, or of the organization of the role's account. */
function isInside(world: World, role: Resource, account: string): boolean {
  const own = accountTextOf(world, role);
  if (plainOf(own) === undefined) return true;
  if (accountsOf(world).has(account)) return true;
  const { organization } = organizationRulesOf(world, own);
  return organization !== undefined && organization === organizationRulesOf(world, textOf(account)).organization;
}

const accounts = new WeakMap<World, ReadonlySet<string>>();

function accountsOf(world: World): ReadonlySet<string> {
  let known = accounts.get(world);
  if (known === undefined) {
    const found = new Set<string>();
    for (const resource of world.graph.resources.values()) {
      const account = plainOf(accountTextOf(world, resource));
      if (account !== undefined) found.add(account);
    }
    known = found;
    accounts.set(world, known);
  }
  return known;
}

/** Somebody of an account whom its administrators let do everything: the one that is named, or any. */
function administratorOf(account: string, name: string): Principal {
  const known = /^arn:/.test(name) && !name.endsWith(':root') ? outsidePrincipal(name) : undefined;
  if (known !== undefined) return { ...known, identity: [ADMINISTRATOR], boundary: undefined };
  const any = holeOf(
    unknownValue('outside-input', { subject: `a role of account ${account}`, identity: `role of ${account}` }),
  );
  return {
    caller: {
      kind: 'role-session',
      arn: [...textOf(`arn:aws:sts::${account}:assumed-role/`), any],
      roleArn: [...textOf(`arn:aws:iam::${account}:role/`), any],
      account: textOf(account),
      isServiceLinked: false,
    },
    resource: undefined,
    identity: [ADMINISTRATOR],
    boundary: undefined,
  };
}

function decideEntry(terrain: Terrain, role: Resource, asking: Asking): Entry[] {
  const thing = thingOf(terrain, role);
  const { principal, contexts, causes, ...entry } = asking;
  let best: Judged | undefined;
  for (const context of contexts) {
    const request = { world: terrain.world, principal, action: entry.action, thing, context };
    const judged = judge({ ...request, isGranted: false, without: undefined });
    if (judged !== undefined && (best === undefined || judged.causes.length < best.causes.length)) best = judged;
  }
  return best === undefined
    ? []
    : [{ ...entry, role, thing, judged: { ...best, causes: [...best.causes, ...causes] } }];
}
