import { DYNAMIC, STRING, type Type } from '../../../model/type.js';
import type { Reference, UnknownValue } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import type { CloudFormationSchema } from '../../../schemas/cloudformation-schema.js';
import type { Assumption } from '../terms/assumption.js';
import { lift } from '../terms/choice.js';
import { isScalar, isSensitive, type Term, textOf } from '../terms/term.js';
import { concatTexts } from '../terms/text.js';
import { templateOf, UNWRITTEN, WITHOUT_SCHEME } from './identity-templates.js';

/** What the identities of a resource are made of. */
export interface Identifiable {
  readonly root: string;
  readonly address: string;
  readonly type: string;
  readonly schema: CloudFormationSchema | undefined;
  /** The written value of a property; undefined where it is not written. */
  property(name: string): Term | undefined;
  /** `AWS::Partition` and the like. */
  pseudo(name: string): Term;
}

const PSEUDO: ReadonlyMap<string, string> = new Map([
  ['partition', 'AWS::Partition'],
  ['region', 'AWS::Region'],
  ['account', 'AWS::AccountId'],
  ['suffix', 'AWS::URLSuffix'],
]);

const SCHEME = /^https:\/\//;

/** Services that keep identifiers in lower case. */
const LOWER_CASE = /^AWS::(RDS|DocDB|Neptune|ElastiCache|Redshift)::/;

/** What `Ref` gives for a resource: the property that the type's registration names, else an id that is made for it. */
export function referenceTo(resource: Identifiable, assumption: Assumption): Term {
  const written = refProperty(resource);
  const value = written === undefined ? undefined : resource.property(written);
  const made = () => generated(resource, 'Ref', STRING, assumption);
  const term = value === undefined ? made() : named(value, resource, assumption, made);
  return referring(term, resource, 'Ref', assumption);
}

function refProperty({ schema }: Identifiable): string | undefined {
  const [only, ...more] = schema?.ref ?? [];
  return only !== undefined && more.length === 0 && schema?.properties.has(only) === true ? only : undefined;
}

/** The name that is written; where there turns out to be none, one is made. */
function named(value: Term, resource: Identifiable, assumption: Assumption, made: () => Term): Term {
  return lift([value], assumption, ([plain]) => {
    if (plain === undefined || plain.kind === 'absent' || plain.kind === 'null') return made();
    const text = isScalar(plain) ? textOf(plain) : undefined;
    if (text === undefined) return plain;
    const kept = LOWER_CASE.test(resource.type) ? text.toLowerCase() : text;
    if (plain.kind === 'string' && kept === text) return plain;
    return { ...stringValue(kept, plain.origin), sensitive: isSensitive(plain) ? true : undefined };
  });
}

/** What `Fn::GetAtt` gives; undefined for an attribute that the type does not have. */
export function attributeOf(resource: Identifiable, attribute: string, assumption: Assumption): Term | undefined {
  const { schema } = resource;
  const type = schema?.attributes.get(attribute);
  const property = schema?.properties.get(attribute);
  const isKnown = type !== undefined || property !== undefined || schema === undefined;
  if (!isKnown && templateOf(resource.type, attribute) === undefined) return undefined;
  const written = property === undefined ? undefined : resource.property(attribute);
  const make = () =>
    generated(resource, attribute, type ?? property?.type ?? (schema === undefined ? DYNAMIC : STRING), assumption);
  const term = written === undefined ? make() : named(written, resource, assumption, make);
  return referring(term, resource, attribute, assumption);
}

function referring(term: Term, resource: Identifiable, attribute: string, assumption: Assumption): Term {
  const refersTo: readonly Reference[] = [{ root: resource.root, address: resource.address, attribute }];
  return lift([term], assumption, ([plain]) =>
    plain === undefined || plain.kind === 'absent' || plain.kind === 'sequence' || plain.kind === 'mapping'
      ? (plain ?? term)
      : { ...plain, refersTo },
  );
}

/** What CloudFormation or the service makes; its known parts where the type has a template. */
function generated(resource: Identifiable, attribute: string, type: Type, assumption: Assumption): Term {
  const { root, address } = resource;
  const made: UnknownValue = unknownValue('computed-by-provider', {
    subject: `${address}.${attribute}`,
    type,
    identity: `${root}\0${address}.${attribute}`,
    notNull: true,
  });
  const pieces = templateOf(resource.type, attribute);
  if (pieces === undefined) return made;
  const terms = pieces.map((piece) => pieceTerm(piece, resource, assumption));
  return lift(terms, assumption, (plain) => {
    const text = concatTexts(plain, undefined);
    return text.kind === 'unknown' && text.reason === 'invalid-expression' && text.parts === undefined ? made : text;
  });
}

function pieceTerm(piece: string, resource: Identifiable, assumption: Assumption): Term {
  if (!piece.startsWith('{')) return stringValue(piece);
  const name = piece.slice(1, -1);
  const pseudo = PSEUDO.get(name);
  if (pseudo !== undefined) return resource.pseudo(pseudo);
  if (name === 'Ref') return referenceTo(resource, assumption);
  const made = () => {
    const unwritten = UNWRITTEN.get(name);
    if (unwritten !== undefined) return stringValue(unwritten);
    const { root, address } = resource;
    return unknownValue('computed-by-provider', {
      subject: `${address}.${name}`,
      type: STRING,
      identity: `${root}\0${address}.${name}`,
      notNull: true,
      refersTo: [{ root, address, attribute: name }],
    });
  };
  const written = resource.property(name);
  const term = written === undefined ? made() : named(written, resource, assumption, made);
  return WITHOUT_SCHEME.has(name) ? withoutScheme(term, assumption) : term;
}

function withoutScheme(term: Term, assumption: Assumption): Term {
  return lift([term], assumption, ([plain]) => {
    if (plain?.kind === 'string') return { ...plain, value: plain.value.replace(SCHEME, '') };
    if (plain?.kind !== 'unknown') return plain ?? term;
    const [first, ...others] = plain.parts ?? [];
    if (typeof first === 'string' && SCHEME.test(first))
      return { ...plain, parts: [first.replace(SCHEME, ''), ...others], identity: undefined, refersTo: undefined };
    // With its scheme or without: it is not the same text.
    return { ...plain, parts: undefined, identity: undefined, refersTo: undefined, alternatives: undefined };
  });
}
