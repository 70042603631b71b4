import type { Account, Json, Statement } from './types.js';

export function allow(sid: string, actions: Json, resources: Json = '*', condition?: Json): Statement {
  return statement('Allow', sid, actions, resources, condition);
}

export function deny(sid: string, actions: Json, resources: Json = '*', condition?: Json): Statement {
  return statement('Deny', sid, actions, resources, condition);
}

function statement(Effect: string, Sid: string, Action: Json, Resource: Json, Condition?: Json): Statement {
  return { Sid, Effect, Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

/** A statement of a resource's policy. */
export function letIn(sid: string, principal: Json, actions: Json, resources: Json, condition?: Json): Statement {
  return { ...allow(sid, actions, resources, condition), Principal: principal };
}

export function trust(principal: Json, condition?: Json, action: Json = 'sts:AssumeRole'): Statement {
  const when = condition === undefined ? {} : { Condition: condition };
  return { Sid: 'Trust', Effect: 'Allow', Principal: principal, Action: action, ...when };
}

export function trustService(service: string): Statement {
  return trust({ Service: service });
}

/** People come in through the organization's identity provider. */
export function trustPeople(account: Account): Statement {
  const condition = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } };
  return trust({ Federated: samlArn(account) }, condition, 'sts:AssumeRoleWithSAML');
}

export function trustPipeline(account: Account, condition: Json): Statement {
  return trust({ Federated: oidcArn(account) }, condition, 'sts:AssumeRoleWithWebIdentity');
}

export const OIDC_HOST = 'token.actions.githubusercontent.com';

export function oidcArn(account: Account): string {
  return `arn:aws:iam::${account}:oidc-provider/${OIDC_HOST}`;
}

export function samlArn(account: Account): string {
  return `arn:aws:iam::${account}:saml-provider/granary`;
}

export function roleArn(account: string, name: string, path = '/'): string {
  return `arn:aws:iam::${account}:role${path}${name}`;
}

export function userArn(account: string, name: string, path = '/'): string {
  return `arn:aws:iam::${account}:user${path}${name}`;
}

export function groupArn(account: string, name: string): string {
  return `arn:aws:iam::${account}:group/${name}`;
}

export function policyArn(account: string, name: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:iam::${account}:policy/${name}`;
}

export function rootArn(account: string): string {
  return `arn:aws:iam::${account}:root`;
}

export const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
