import {
  ABSENT,
  type Caller,
  COLON,
  type Context,
  type KeyState,
  known,
  SLASH,
  type Text,
  textOf,
  unknownKey,
} from '../iam/index.js';

/** What is known of a request beside its caller, action and resource. */
export interface RequestFacts {
  /** Keys that are stated, in lower case: values, none for a key that is absent. */
  readonly stated: ReadonlyMap<string, readonly (string | Text)[]>;
  /** Tags of the user or role, their keys in lower case; undefined where they are not known. */
  readonly principalTags: ReadonlyMap<string, Text> | undefined;
  /** Those are all the tags that it has. */
  readonly hasAllTags: boolean;
  /** Tags of the resource that are known, their keys in lower case. */
  readonly resourceTags: ReadonlyMap<string, Text>;
  /** The organisation of the caller's account: `none` for an account in none; undefined where it is not known. */
  readonly organization: string | undefined;
  readonly resourceAccount: Text | undefined;
  /** Of a regional resource, as far as it is known. */
  readonly region: Text | undefined;
  /** Whether a key of a service can be in a request for the action: undefined where nothing is known of it. */
  readonly hasKey: (key: string) => boolean | undefined;
  readonly fallback: (key: string) => KeyState;
  /** Told what is taken for granted, in words: only of keys that conditions ask for. */
  readonly assume?: ((assumption: string) => void) | undefined;
}

/**
 * The keys of a request: stated ones, those that follow from who calls, and of the others what is known. IAM User Guide,
 * "AWS global condition context keys".
 */
export function deriveContext(caller: Caller, facts: RequestFacts): Context {
  let states: Map<string, KeyState> | undefined;
  return (key) => {
    let state = states?.get(key);
    if (state === undefined) {
      state = stateOf(key, caller, facts);
      states ??= new Map();
      states.set(key, state);
    }
    return state;
  };
}

function stateOf(key: string, caller: Caller, facts: RequestFacts): KeyState {
  const stated = facts.stated.get(key);
  if (stated !== undefined) return stated.length === 0 ? ABSENT : known(...stated);
  const derived = principalKey(key, caller, facts) ?? requestKey(key, caller, facts);
  if (derived !== undefined) return derived;
  if (!key.startsWith('aws:') && facts.hasKey(key) === false) {
    facts.assume?.(`${key} is not in the request: the service does not publish it for the action`);
    return ABSENT;
  }
  return facts.fallback(key);
}

/** Keys that say who calls. */
function principalKey(
  key: string,
  caller: Caller,
  { principalTags, hasAllTags, organization, fallback }: RequestFacts,
): KeyState | undefined {
  const hasAccount = 'account' in caller;
  if (key.startsWith('aws:principaltag/')) {
    if (!hasAccount || caller.kind === 'root') return ABSENT;
    if (principalTags === undefined) return unknownKey(key);
    const value = principalTags.get(key.slice('aws:principaltag/'.length));
    if (value !== undefined) return known(value);
    // A session may have been given tags of its own.
    return caller.kind === 'user' && hasAllTags ? ABSENT : fallback(key);
  }
  switch (key) {
    case 'aws:principalarn':
      return hasAccount ? known(principalArn(caller)) : ABSENT;
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return hasAccount ? known(caller.account) : ABSENT;
    case 'aws:principaltype':
      return PRINCIPAL_TYPES[caller.kind];
    case 'aws:principalisawsservice':
      return known(String(caller.kind === 'service'));
    case 'aws:principalservicename':
      return caller.kind === 'service' ? known(caller.service) : ABSENT;
    case 'aws:principalorgid':
      if (!hasAccount || organization === 'none') return ABSENT;
      return organization === undefined ? fallback(key) : known(organization);
    case 'aws:userid':
      return userId(caller) ?? fallback(key);
    case 'aws:username':
      return caller.kind === 'user' ? known(nameIn(caller.arn)) : ABSENT;
    case 'aws:tokenissuetime':
      return caller.kind === 'user' || caller.kind === 'root' || !hasAccount ? fallback(key) : unknownKey(key);
    default:
      return undefined;
  }
}

const PRINCIPAL_TYPES: Readonly<Record<Caller['kind'], KeyState>> = {
  user: known('User'),
  root: known('Account'),
  'role-session': known('AssumedRole'),
  'federated-user': known('FederatedUser'),
  anonymous: known('Anonymous'),
  service: ABSENT,
  'web-identity': ABSENT,
  saml: ABSENT,
};

/** Of a session it is the role, with its path, and not the session. */
function principalArn(caller: Extract<Caller, { account: Text }>): Text {
  return caller.kind === 'role-session' ? caller.roleArn : caller.arn;
}

/** IAM User Guide, "IAM policy elements: Variables and tags", principal key values. Undefined where the unique id is not known. */
function userId(caller: Caller): KeyState | undefined {
  switch (caller.kind) {
    case 'user':
      return caller.uniqueId === undefined ? undefined : known(caller.uniqueId);
    case 'role-session':
      return caller.uniqueId === undefined
        ? undefined
        : known([...textOf(caller.uniqueId), COLON, ...nameIn(caller.arn)]);
    case 'federated-user':
      return known([...caller.account, COLON, ...nameIn(caller.arn)]);
    case 'root':
      return known(caller.account);
    default:
      return undefined;
  }
}

function nameIn(arn: Text): Text {
  return arn.slice(arn.lastIndexOf(SLASH) + 1);
}

/** Keys of the call and of what it is about. */
function requestKey(key: string, caller: Caller, facts: RequestFacts): KeyState | undefined {
  const { resourceAccount, region, resourceTags, fallback, assume } = facts;
  if (key.startsWith('aws:resourcetag/')) {
    const value = resourceTags.get(key.slice('aws:resourcetag/'.length));
    return value === undefined ? fallback(key) : known(value);
  }
  switch (key) {
    case 'aws:securetransport':
      assume?.('aws:SecureTransport is true');
      return known('true');
    case 'aws:viaawsservice':
      assume?.('aws:ViaAWSService is false');
      return known('false');
    case 'aws:calledvia':
    case 'aws:calledviafirst':
    case 'aws:calledvialast':
      assume?.('aws:CalledVia is absent');
      return ABSENT;
    case 'aws:sourcearn':
    case 'aws:sourceaccount':
    case 'aws:sourceorgid':
    case 'aws:sourceorgpaths':
      // Services say for whom they call; nobody else can.
      return caller.kind === 'service' ? fallback(key) : ABSENT;
    case 'aws:resourceaccount':
    case 's3:resourceaccount':
      return resourceAccount === undefined ? unknownKey(key) : known(resourceAccount);
    case 'aws:requestedregion':
      return region === undefined ? fallback(key) : known(region);
    default:
      return undefined;
  }
}
