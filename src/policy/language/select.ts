import type { UnknownReason } from '../../model/unknown-reason.js';
import { UNKNOWN_REASONS } from '../../model/unknown-reason.js';
import type { SelectExpression, UnsetReading } from './ast.js';
import { emptyOf, isThere, readThrough } from './collection.js';
import type { Frame } from './frame.js';
import { overAlternatives } from './lift.js';
import {
  FALSE,
  NO_OPTIONAL,
  outsideInput,
  policyError,
  type ResourceReference,
  type RuntimeUnknown,
  type RuntimeValue,
  restUnknown,
  TRUE,
  toBool,
  typeName,
  unknownFrom,
} from './runtime-value.js';

/** A read of an attribute: its name, and what it reads as when it is not there. */
export type Reading = Pick<SelectExpression, 'field' | 'unset'>;

/** `operand.field`. Reading a resource never errs; a key that an expression's map lacks does. */
export function selectField(operand: RuntimeValue, reading: Reading, frame: Frame): RuntimeValue {
  switch (operand.kind) {
    case 'object': {
      const value = operand.entries.get(reading.field);
      if (value !== undefined && value.kind !== 'null') return value;
      if (value === undefined && operand.rest !== undefined) return readThrough(restUnknown(operand.rest));
      return unsetValue(reading.unset, frame.context.resource);
    }
    case 'resource':
      return selectOfResource(operand, reading);
    case 'null':
      if (operand.isLiteral === true) return policyError('null has no attributes.');
      return unsetValue(reading.unset, frame.context.resource);
    case 'unknown': {
      const lifted = overAlternatives(operand, (known) => selectField(known, reading, frame));
      return lifted ?? readThrough(operand);
    }
    case 'map': {
      const entry = operand.entries.get(`s${reading.field}`);
      if (entry !== undefined) return entry.value;
      return operand.rest === undefined
        ? policyError(`The map has no key "${reading.field}".`)
        : readThrough(restUnknown(operand.rest));
    }
    case 'optional':
      return selectOptional(operand, reading, frame);
    case 'error':
      return operand;
    default:
      return policyError(`${typeName(operand)} has no attribute "${reading.field}".`);
  }
}

function selectOfResource({ resource, isTypeUnproven }: ResourceReference, reading: Reading): RuntimeValue {
  const value = resource.values.entries.get(reading.field);
  const isOpen = isOpenResource(resource);
  if (value !== undefined && value.kind !== 'null') {
    // What a provider makes up is not known before it has; a policy asks it of what is there.
    if (value.kind === 'unknown' && resource.language !== 'live' && isOnlyLive(reading.unset, resource))
      return unsetValue(reading.unset, resource);
    if (isOpen && value.kind === 'list' && value.rest === undefined) {
      return { ...value, rest: { reason: 'outside-input', subject: resource.address } };
    }
    return value;
  }
  const isKnownAbsent = value !== undefined && resource.language === 'live';
  if (resource.values.rest !== undefined && !isKnownAbsent) return readThrough(restUnknown(resource.values.rest));
  if (isOpen || isTypeUnproven === true) return outsideInput(resource.address);
  return unsetValue(reading.unset, resource);
}

/** What the input does not say of a stand-in is unknown; so of a scope, except in a snapshot. */
export function isOpenResource(resource: ResourceReference['resource']): boolean {
  if (resource.presence === 'written') return false;
  return resource.presence === 'stand-in' || resource.language !== 'live';
}

function isOnlyLive(unset: UnsetReading | undefined, { type }: ResourceReference['resource']): boolean {
  return unset?.undetermined?.[type]?.cause === 'only-live';
}

function unsetValue(unset: UnsetReading | undefined, resource: ResourceReference['resource']): RuntimeValue {
  if (unset?.undetermined !== undefined && resource.language !== 'live') {
    const { undetermined } = unset;
    const types = Object.keys(undetermined);
    const reading = undetermined[resource.type] ?? (types.length === 1 ? undetermined[types[0] ?? ''] : undefined);
    if (reading !== undefined) {
      const unknown: RuntimeUnknown = {
        kind: 'unknown',
        type: { kind: 'dynamic' },
        reason: toReason(reading.cause),
        subject: reading.decidedBy ?? reading.reason,
      };
      return unknown;
    }
  }
  return emptyOf(unset?.empty);
}

function toReason(text: string | undefined): UnknownReason {
  return UNKNOWN_REASONS.find((reason) => reason === text) ?? 'default-not-certain';
}

/** `optional.field` reads through: what is not there is no value. */
function selectOptional(
  operand: Extract<RuntimeValue, { kind: 'optional' }>,
  reading: Reading,
  frame: Frame,
): RuntimeValue {
  if (operand.value === undefined) return NO_OPTIONAL;
  const value = selectOptionally(operand.value, reading, frame);
  return value.kind === 'optional' && value.value !== undefined && operand.perhaps !== undefined
    ? { ...value, perhaps: operand.perhaps }
    : value;
}

/** `operand.?field` */
export function selectOptionally(operand: RuntimeValue, reading: Reading, frame: Frame): RuntimeValue {
  if (operand.kind === 'optional') return selectOptional(operand, reading, frame);
  if (operand.kind === 'map' && operand.rest === undefined) {
    const entry = operand.entries.get(`s${reading.field}`);
    return entry === undefined ? NO_OPTIONAL : { kind: 'optional', value: entry.value };
  }
  return toOptional(selectField(operand, reading, frame));
}

/** A read as an optional: nothing where it is null; an unknown that may be null is perhaps there. */
export function toOptional(value: RuntimeValue): RuntimeValue {
  switch (value.kind) {
    case 'error':
    case 'optional':
      return value;
    case 'null':
      return NO_OPTIONAL;
    case 'unknown': {
      const lifted = overAlternatives(value, toOptional);
      if (lifted !== undefined && lifted.kind === 'optional') return lifted;
      const isCertain = value.notNull === true || value.parts !== undefined;
      return { kind: 'optional', value, perhaps: isCertain ? undefined : value };
    }
    default:
      return { kind: 'optional', value };
  }
}

/** `has(operand.field)`: whether the attribute is set, or a map of an expression has the key. */
export function hasField(operand: RuntimeValue, reading: Reading, frame: Frame): RuntimeValue {
  switch (operand.kind) {
    case 'map':
      if (operand.entries.has(`s${reading.field}`)) return TRUE;
      return operand.rest === undefined ? FALSE : unknownFrom([restUnknown(operand.rest)]);
    case 'optional':
      return operand.value === undefined ? FALSE : hasField(operand.value, reading, frame);
    case 'null':
    case 'object':
    case 'resource':
    case 'unknown': {
      if (operand.kind === 'null' && operand.isLiteral === true) return policyError('null has no attributes.');
      const value = selectField(operand, reading, frame);
      const isEmptyCollection = value.kind === 'list' || value.kind === 'object';
      if (isEmptyCollection && value.origin === undefined) return hasWritten(operand, reading.field, value);
      return isThere(value);
    }
    case 'error':
      return operand;
    default:
      return policyError(`${typeName(operand)} has no attribute "${reading.field}".`);
  }
}

/** An unset list reads as empty, and is still not set. */
function hasWritten(operand: RuntimeValue, field: string, value: RuntimeValue): RuntimeValue {
  const entries =
    operand.kind === 'object'
      ? operand.entries
      : operand.kind === 'resource'
        ? operand.resource.values.entries
        : undefined;
  if (entries === undefined) return operand.kind === 'null' ? FALSE : isThere(value);
  const written = entries.get(field);
  return toBool(written !== undefined && written.kind !== 'null');
}
