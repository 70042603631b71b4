import { accessKeyOf, arnOf, markOf, toTime, uniqueIdOf } from './identity.js';
import { oidcArn, samlArn } from './statements.js';
import {
  ACCOUNTS,
  type Account,
  type Call,
  DAY_MS,
  DAYS,
  HOME,
  type Json,
  LOGS_FROM,
  PRODUCTION,
  type Principal,
  REGIONS,
  type Region,
  type Role,
} from './types.js';

/** A record of CloudTrail, with what decides into which file it goes. */
export interface Event {
  readonly account: Account;
  readonly region: Region;
  readonly isData: boolean;
  /** Milliseconds. */
  readonly at: number;
  readonly record: { readonly [name: string]: Json };
}

interface Moment {
  readonly at: number;
  /** Tells it from all others. */
  readonly mark: string;
}

/** Everything that a principal did in the 90 days. */
export function eventsOf(principal: Principal, byArn: ReadonlyMap<string, Principal>): readonly Event[] {
  const own = (principal.calls ?? []).flatMap((call, index) =>
    momentsOf(principal, call, index).map((moment) => toEvent(principal, call, moment)),
  );
  if (principal.kind === 'user') return [...own, ...signIns(principal)];
  const days = new Set(own.map(({ at }) => Math.floor((at - LOGS_FROM) / DAY_MS)));
  // A role that calls nothing is taken on all the same.
  const taken = days.size > 0 ? [...days] : principal.takenOnBy === undefined ? [] : everyDay(9);
  return [...own, ...taken.flatMap((day) => takingOn(principal, day, byArn))];
}

function everyDay(step: number): readonly number[] {
  return Array.from({ length: Math.ceil(DAYS / step) }, (_, index) => index * step);
}

/** Always the same minutes for the same call, and others for another. */
function spreadOf(what: string): number {
  return Number.parseInt(markOf(what, 6), 16);
}

function momentsOf(principal: Principal, call: Call, index: number): readonly Moment[] {
  const { every = 1, from = 0, until = DAYS } = call;
  const name = `${arnOf(principal)} ${call.source} ${call.name} ${index}`;
  // Within its first days, or, if there are too few of them, within the first.
  const spread = until - from < every ? 1 : every;
  const first = LOGS_FROM + from * DAY_MS + (spreadOf(name) % (spread * 86_400)) * 1000;
  const moments: Moment[] = [];
  for (let at = first; at < LOGS_FROM + until * DAY_MS; at += every * DAY_MS)
    moments.push({ at, mark: `${name} ${at}` });
  return moments;
}

function idOf(mark: string): string {
  const hex = markOf(mark, 32).toLowerCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const ERRORS: Readonly<Record<string, string>> = {
  AccessDenied: 'User is not authorized to perform this action.',
  'Client.DryRunOperation': 'Request would have succeeded, but DryRun flag is set.',
};

function toEvent(principal: Principal, call: Call, { at, mark }: Moment): Event {
  const { account } = principal;
  const { source, name, region = HOME, error, via, isData = false, resources = [], parameters = null } = call;
  const record = {
    eventVersion: '1.11',
    userIdentity: { ...identityOf(principal, at, call.isOfFormer), ...(via === undefined ? {} : { invokedBy: via }) },
    eventTime: toTime(at),
    eventSource: source,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: via ?? '203.0.113.24',
    userAgent: via ?? 'aws-cli/2.31.0 md/awscrt#1.0.0.dev0 ua/2.1 os/linux#6.8 md/arch#x86_64 lang/python#3.13',
    ...(error === undefined ? {} : { errorCode: error, errorMessage: ERRORS[error] ?? error }),
    requestParameters: parameters,
    responseElements: null,
    requestID: idOf(`request ${mark}`),
    eventID: idOf(mark),
    readOnly: /^(Get|List|Describe|Batch(Check|Get)|Decrypt)/.test(name),
    ...(resources.length === 0 ? {} : { resources: resources.map((ARN) => ({ accountId: account, ARN })) }),
    eventType: 'AwsApiCall',
    managementEvent: !isData,
    recipientAccountId: account,
    eventCategory: isData ? 'Data' : 'Management',
  };
  return { account, region, isData, at, record };
}

function sessionKeyOf(role: Role, at: number): string {
  return `ASIA${markOf(`${arnOf(role)} ${Math.floor((at - LOGS_FROM) / DAY_MS)}`, 16)}`;
}

function sessionNameOf({ takenOnBy = '' }: Role): string {
  return takenOnBy.replace(/^.*[:/]/, '').replaceAll('@', '-at-') || 'session';
}

/** Who calls, as records have it. */
function identityOf(principal: Principal, at: number, isFormer = false): { readonly [name: string]: Json } {
  const { account } = principal;
  const id = uniqueIdOf(principal, isFormer);
  if (principal.kind === 'user')
    return {
      type: 'IAMUser',
      principalId: id,
      arn: arnOf(principal),
      accountId: account,
      accessKeyId: accessKeyOf(principal),
      userName: principal.name,
    };
  const session = sessionNameOf(principal);
  return {
    type: 'AssumedRole',
    principalId: `${id}:${session}`,
    // The path of the role is in no session's ARN.
    arn: `arn:aws:sts::${account}:assumed-role/${principal.name}/${session}`,
    accountId: account,
    accessKeyId: sessionKeyOf(principal, at),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: id,
        arn: arnOf(principal),
        accountId: account,
        userName: principal.name,
      },
      attributes: { creationDate: toTime(at - (at % DAY_MS)), mfaAuthenticated: 'false' },
    },
  };
}

/** People with a password look into the console now and then. */
function signIns(user: Extract<Principal, { kind: 'user' }>): readonly Event[] {
  const { account, password } = user;
  if (password === undefined || password === 'never' || password < toTime(LOGS_FROM)) return [];
  return everyDay(6).map((day): Event => {
    const at = LOGS_FROM + day * DAY_MS + 7 * 3_600_000;
    const mark = `${arnOf(user)} sign-in ${at}`;
    const record = {
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: uniqueIdOf(user),
        arn: arnOf(user),
        accountId: account,
        userName: user.name,
      },
      eventTime: toTime(at),
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      awsRegion: HOME,
      sourceIPAddress: '203.0.113.24',
      userAgent: 'Mozilla/5.0',
      requestParameters: null,
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { LoginTo: 'https://console.aws.amazon.com/', MobileVersion: 'No', MFAUsed: 'No' },
      eventID: idOf(mark),
      readOnly: false,
      eventType: 'AwsConsoleSignIn',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    };
    return { account, region: HOME, isData: false, at, record };
  });
}

/** Once a day with calls somebody takes the role on. The log of another account that it is done from has it, too. */
function takingOn(role: Role, day: number, byArn: ReadonlyMap<string, Principal>): readonly Event[] {
  const { account, takenOnBy } = role;
  if (takenOnBy === undefined) return [];
  const at = LOGS_FROM + day * DAY_MS + 60_000;
  const mark = `${arnOf(role)} taken on ${at}`;
  const caller = byArn.get(takenOnBy);
  const { name, identity, parameters, isReadOnly } = callerOf(role, at, caller);
  const record = (recipient: string) => ({
    eventVersion: '1.11',
    userIdentity: identity,
    eventTime: toTime(at),
    eventSource: 'sts.amazonaws.com',
    eventName: name,
    awsRegion: HOME,
    sourceIPAddress: takenOnBy.endsWith('.amazonaws.com') ? takenOnBy : '203.0.113.24',
    userAgent: takenOnBy.endsWith('.amazonaws.com') ? takenOnBy : 'aws-sdk-js/3',
    requestParameters: { roleArn: arnOf(role), roleSessionName: sessionNameOf(role), ...parameters },
    responseElements: {
      credentials: { accessKeyId: sessionKeyOf(role, at), expiration: toTime(at + 3_600_000), sessionToken: '***' },
      assumedRoleUser: {
        assumedRoleId: `${uniqueIdOf(role)}:${sessionNameOf(role)}`,
        arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${sessionNameOf(role)}`,
      },
    },
    requestID: idOf(`request ${mark}`),
    eventID: idOf(`${recipient} ${mark}`),
    readOnly: isReadOnly,
    resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN: arnOf(role) }],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: recipient,
    sharedEventID: idOf(`shared ${mark}`),
    eventCategory: 'Management',
  });
  const own: Event = { account, region: HOME, isData: false, at, record: record(account) };
  if (caller === undefined || caller.account === account) return [own];
  // The owner's copy names only the account of the caller.
  const foreign = {
    ...own.record,
    userIdentity: { type: 'AWSAccount', principalId: String(identity['principalId']), accountId: caller.account },
  };
  return [
    { ...own, record: foreign },
    { account: caller.account, region: HOME, isData: false, at, record: record(caller.account) },
  ];
}

interface TakingOn {
  readonly name: string;
  readonly identity: { readonly [name: string]: Json };
  readonly parameters: { readonly [name: string]: Json };
  readonly isReadOnly: boolean;
}

function callerOf({ account, takenOnBy = '' }: Role, at: number, caller: Principal | undefined): TakingOn {
  const shared = { parameters: {}, isReadOnly: true };
  if (caller !== undefined) return { ...shared, name: 'AssumeRole', identity: identityOf(caller, at) };
  if (takenOnBy.endsWith('.amazonaws.com'))
    return { ...shared, name: 'AssumeRole', identity: { type: 'AWSService', invokedBy: takenOnBy } };
  if (takenOnBy.startsWith('repo:'))
    return {
      ...shared,
      name: 'AssumeRoleWithWebIdentity',
      identity: {
        type: 'WebIdentityUser',
        principalId: `${oidcArn(account)}:sts.amazonaws.com:${takenOnBy}`,
        userName: takenOnBy,
        identityProvider: oidcArn(account),
      },
    };
  if (takenOnBy.startsWith('arn:')) {
    const accountId = takenOnBy.split(':')[4] ?? '';
    const identity = { type: 'AWSAccount', principalId: `AROA${markOf(takenOnBy, 17)}:sync`, accountId };
    return { ...shared, name: 'AssumeRole', identity };
  }
  return {
    ...shared,
    name: 'AssumeRoleWithSAML',
    identity: {
      type: 'SAMLUser',
      principalId: `granary:${takenOnBy}`,
      userName: takenOnBy,
      identityProvider: samlArn(account),
    },
    parameters: { principalArn: samlArn(account), durationSeconds: 3600 },
  };
}

/** What services do everywhere and always, so that no account and region is ever quiet. */
export function ambientEvents(): readonly Event[] {
  const managed = ACCOUNTS.flatMap((account) =>
    REGIONS.flatMap((region) => everyShift((at) => serviceEvent({ account, region, isData: false, at }))),
  );
  // Logs of load balancers come into buckets of production.
  const data = REGIONS.flatMap((region) =>
    everyShift((at) => serviceEvent({ account: PRODUCTION, region, isData: true, at })),
  );
  return [...managed, ...data];
}

const SHIFT_MS = 8 * 3_600_000;

function everyShift(make: (at: number) => Event): readonly Event[] {
  return Array.from({ length: (DAYS * DAY_MS) / SHIFT_MS }, (_, index) => make(LOGS_FROM + index * SHIFT_MS));
}

function serviceEvent(place: Omit<Event, 'record'>): Event {
  const { account, region, isData } = place;
  const at = place.at + (spreadOf(`${account} ${region} ${isData}`) % 3600) * 1000;
  const mark = `${account} ${region} ambient ${isData} ${at}`;
  const bucket = `granary-balancers-${region}`;
  const key = `AWSLogs/${account}/elasticloadbalancing/${at}.log.gz`;
  const service = isData ? 'delivery.logs.amazonaws.com' : 'health.amazonaws.com';
  const taken = {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    requestParameters: {
      roleArn: `arn:aws:iam::${account}:role/aws-service-role/health.amazonaws.com/AWSServiceRoleForHealth`,
      roleSessionName: 'health',
    },
  };
  const put = {
    eventSource: 's3.amazonaws.com',
    eventName: 'PutObject',
    requestParameters: { bucketName: bucket, key },
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${key}` },
      { accountId: account, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
    ],
  };
  const record = {
    eventVersion: '1.11',
    userIdentity: { type: 'AWSService', invokedBy: service },
    eventTime: toTime(at),
    awsRegion: region,
    sourceIPAddress: service,
    userAgent: service,
    ...(isData ? put : taken),
    responseElements: null,
    eventID: idOf(mark),
    readOnly: !isData,
    eventType: 'AwsApiCall',
    managementEvent: !isData,
    recipientAccountId: account,
    eventCategory: isData ? 'Data' : 'Management',
  };
  return { ...place, at, record };
}
