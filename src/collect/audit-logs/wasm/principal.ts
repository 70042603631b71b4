import {
  ACCOUNT,
  ACCOUNT_ID,
  FACT_MASK,
  FEDERATED_USER,
  IDENTITY_CENTER_USER,
  IDENTITY_TYPE,
  INVOKED_BY,
  ISSUER_ARN,
  ISSUER_ID,
  KIND_SHIFT,
  ON_BEHALF_OF,
  PRINCIPAL_ARN,
  PRINCIPAL_ID,
  ROLE,
  ROOT,
  SAML,
  SERVICE,
  SOURCE_IDENTITY,
  UNKNOWN,
  USER,
  USER_NAME,
  WEB_IDENTITY,
} from '../layout.js';
import { byteAt, COLON, findByte, SLASH } from './bytes.js';
import { fromOf, toOf } from './record.js';
import { textOf } from './slot-texts.js';
import { factsOf, intern, internPlain, isLengthOfText } from './texts.js';

/**
 * Who an event says that it was, which each event writes anew: numbers of texts, -1 where there is none.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export class Principal {
  static kind: i32 = 0;
  static name: i32 = -1;
  static id: i32 = -1;
  /** The service that called with the principal's rights. */
  static via: i32 = -1;
  /** Of a session: its own name, and the identity that its source stated. */
  static sessionName: i32 = -1;
  static sourceIdentity: i32 = -1;
}

const EMPTY: i32 = internPlain(0, 0);

function kindOf(type: i32): i32 {
  if (type === -1) return Principal.via === -1 ? UNKNOWN : SERVICE;
  return (factsOf(type) >> KIND_SHIFT) & FACT_MASK;
}

/** `AROAEXAMPLE:session` → its parts. */
function readSession(): void {
  const from = fromOf(PRINCIPAL_ID);
  const to = toOf(PRINCIPAL_ID);
  if (from === -1 || !isLengthOfText(to - from)) return;
  const colon = findByte(from, to, COLON);
  if (colon === -1) return;
  Principal.id = intern(from, colon);
  Principal.sessionName = intern(colon + 1, to);
}

function lastOfArn(): i32 {
  const from = fromOf(PRINCIPAL_ARN);
  const to = toOf(PRINCIPAL_ARN);
  if (from === -1 || !isLengthOfText(to - from)) return -1;
  for (let at = to - 1; at >= from; at--) if (byteAt(at) === SLASH) return intern(at + 1, to);
  return -1;
}

/** The role with its path is only in the issuer; without one the ARN of the session does not tell it, its id does. */
function readRole(): void {
  Principal.sourceIdentity = textOf(SOURCE_IDENTITY);
  readSession();
  const issuer = textOf(ISSUER_ID);
  if (issuer !== -1) Principal.id = issuer;
  Principal.name = textOf(ISSUER_ARN);
  if (Principal.sessionName === -1) Principal.sessionName = lastOfArn();
}

/** A service for the account is nobody's login. */
function readRoot(): void {
  const isService = Principal.via !== -1;
  if (isService) Principal.kind = SERVICE;
  Principal.name = isService ? Principal.via : textOf(PRINCIPAL_ARN);
  Principal.id = isService ? -1 : textOf(PRINCIPAL_ID);
  if (isService) Principal.via = -1;
}

function orPrincipalId(text: i32): i32 {
  return text === -1 ? textOf(PRINCIPAL_ID) : text;
}

export function readPrincipal(): void {
  Principal.name = -1;
  Principal.id = -1;
  Principal.sessionName = -1;
  Principal.sourceIdentity = -1;
  Principal.via = textOf(INVOKED_BY);
  Principal.kind = kindOf(textOf(IDENTITY_TYPE));
  switch (Principal.kind) {
    case USER:
      Principal.name = textOf(PRINCIPAL_ARN);
      Principal.id = textOf(PRINCIPAL_ID);
      if (Principal.name === -1) Principal.kind = UNKNOWN;
      break;
    case ROLE:
      readRole();
      break;
    case ROOT:
      readRoot();
      break;
    case FEDERATED_USER:
      Principal.name = textOf(ISSUER_ARN);
      Principal.id = textOf(ISSUER_ID);
      Principal.sessionName = lastOfArn();
      break;
    case SAML:
    case WEB_IDENTITY:
      Principal.name = orPrincipalId(textOf(USER_NAME));
      break;
    case ACCOUNT:
      Principal.name = textOf(ACCOUNT_ID);
      break;
    case SERVICE:
      Principal.name = orPrincipalId(Principal.via);
      Principal.via = -1;
      break;
    case IDENTITY_CENTER_USER:
      Principal.name = orPrincipalId(textOf(ON_BEHALF_OF));
      break;
    default:
      break;
  }
  if (Principal.name === -1) Principal.name = EMPTY;
}
