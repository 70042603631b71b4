import type { EventPrincipal } from '../../model/usage.js';
import { SLOT } from './event-fields.js';
import { maxTextBytes } from './event-texts.js';
import type { Texts } from './intern.js';
import type { ScannedRecord } from './scan-record.js';

type Kind = EventPrincipal['kind'];

/** By their numbers in counted events. */
export const PRINCIPAL_KINDS: readonly Kind[] = [
  'user',
  'role',
  'root',
  'federated-user',
  'saml',
  'web-identity',
  'account',
  'service',
  'identity-center-user',
  'unknown',
];

const KIND_OF_TYPE: Readonly<Record<string, Kind>> = {
  Root: 'root',
  IAMUser: 'user',
  AssumedRole: 'role',
  Role: 'role',
  FederatedUser: 'federated-user',
  SAMLUser: 'saml',
  WebIdentityUser: 'web-identity',
  AWSAccount: 'account',
  AWSService: 'service',
  IdentityCenterUser: 'identity-center-user',
};

/** Who an event says that it was; texts are numbers of `Texts`, -1 where there is none. */
export interface ReadPrincipal {
  kind: number;
  name: number;
  id: number;
  /** The service that called with the principal's rights. */
  via: number;
  /** Of a session: its own name, and the identity that its source stated. */
  sessionName: number;
  sourceIdentity: number;
}

const COLON = 0x3a;
const SLASH = 0x2f;

/** So many sessions are remembered. */
const mostKnown = 200_000;

/**
 * Reads who is behind an event into one object, which each event writes anew.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: functions over one state, each of them short
export function createPrincipalReader(
  texts: Texts,
  textAt: (record: ScannedRecord, slot: number) => number,
): (record: ScannedRecord) => ReadPrincipal {
  const kinds = new Map<number, number>();
  const empty = texts.internText('');
  const read: ReadPrincipal = { kind: 0, name: -1, id: -1, via: -1, sessionName: -1, sourceIdentity: -1 };
  let record: ScannedRecord;

  const textOf = (slot: number): number => textAt(record, slot);

  const kindOf = (type: number, via: number): number => {
    if (type === -1) return PRINCIPAL_KINDS.indexOf(via === -1 ? 'unknown' : 'service');
    let kind = kinds.get(type);
    if (kind === undefined) {
      kind = PRINCIPAL_KINDS.indexOf(KIND_OF_TYPE[texts.text(type)] ?? 'unknown');
      kinds.set(type, kind);
    }
    return kind;
  };

  /** `AROAEXAMPLE:session` → its parts. */
  const readSession = (): void => {
    const start = record.slots[2 * SLOT.principalId] ?? -1;
    const end = record.slots[2 * SLOT.principalId + 1] ?? -1;
    if (start === -1 || end - start > maxTextBytes) return;
    const colon = record.bytes.subarray(start, end).indexOf(COLON);
    if (colon === -1) return;
    read.id = texts.intern(record.bytes, start, start + colon);
    read.sessionName = texts.intern(record.bytes, start + colon + 1, end);
  };

  const lastOfArn = (): number => {
    const start = record.slots[2 * SLOT.arn] ?? -1;
    const end = record.slots[2 * SLOT.arn + 1] ?? -1;
    if (start === -1 || end - start > maxTextBytes) return -1;
    const slash = record.bytes.subarray(start, end).lastIndexOf(SLASH);
    return slash === -1 ? -1 : texts.intern(record.bytes, start + slash + 1, end);
  };

  const orElse = (id: number, other: () => number): number => (id === -1 ? other() : id);

  /** Of roles' sessions that were read before, by their ids: what follows from them. */
  const known = new Map<number, Pick<ReadPrincipal, 'id' | 'name' | 'sessionName'>>();

  /** The role with its path is only in the issuer; without one the ARN of the session does not tell it, its id does. */
  const readRole = (): void => {
    read.sourceIdentity = textOf(SLOT.sourceIdentity);
    const hasIssuer = (record.slots[2 * SLOT.issuerArn] ?? -1) !== -1;
    const principalId = hasIssuer ? textOf(SLOT.principalId) : -1;
    const before = known.get(principalId);
    if (before !== undefined) {
      read.id = before.id;
      read.name = before.name;
      read.sessionName = before.sessionName;
      return;
    }
    readSession();
    read.id = orElse(textOf(SLOT.issuerId), () => read.id);
    read.name = textOf(SLOT.issuerArn);
    read.sessionName = orElse(read.sessionName, lastOfArn);
    if (principalId === -1 || read.name === -1 || known.size === mostKnown) return;
    known.set(principalId, { id: read.id, name: read.name, sessionName: read.sessionName });
  };

  const readers: Readonly<Record<Kind, () => void>> = {
    user: () => {
      read.name = textOf(SLOT.arn);
      read.id = textOf(SLOT.principalId);
      if (read.name === -1) read.kind = PRINCIPAL_KINDS.indexOf('unknown');
    },
    role: readRole,
    root: () => {
      read.name = textOf(SLOT.arn);
      read.id = textOf(SLOT.principalId);
      if (read.via === -1) return;
      // A service for the account, and nobody's login.
      read.kind = PRINCIPAL_KINDS.indexOf('service');
      read.name = read.via;
      read.id = -1;
      read.via = -1;
    },
    'federated-user': () => {
      read.name = textOf(SLOT.issuerArn);
      read.id = textOf(SLOT.issuerId);
      read.sessionName = lastOfArn();
    },
    saml: () => {
      read.name = orElse(textOf(SLOT.userName), () => textOf(SLOT.principalId));
    },
    'web-identity': () => {
      read.name = orElse(textOf(SLOT.userName), () => textOf(SLOT.principalId));
    },
    account: () => {
      read.name = textOf(SLOT.accountId);
    },
    service: () => {
      read.name = orElse(read.via, () => textOf(SLOT.principalId));
      read.via = -1;
    },
    'identity-center-user': () => {
      read.name = orElse(textOf(SLOT.onBehalfOf), () => textOf(SLOT.principalId));
    },
    unknown: () => undefined,
  };

  return (given) => {
    record = given;
    read.name = -1;
    read.id = -1;
    read.sessionName = -1;
    read.sourceIdentity = -1;
    read.via = textOf(SLOT.invokedBy);
    read.kind = kindOf(textOf(SLOT.identityType), read.via);
    readers[PRINCIPAL_KINDS[read.kind] ?? 'unknown']();
    if (read.name === -1) read.name = empty;
    return read;
  };
}
