import type { SourceFile, SourceRange } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { membersOf, textOf } from './json-members.js';
import { type LedgerEntry, toState } from './ledger.js';
import type { ReadLine } from './read-lines.js';

/** A line of `resources/…`, its values still as they stand. */
export interface ReadRecord {
  readonly type: string;
  readonly id: string;
  readonly arn: string | undefined;
  readonly account: string;
  readonly region: string;
  readonly properties: ReadonlyMap<string, JsonNode>;
  readonly live: ReadonlyMap<string, JsonNode>;
  readonly gaps: readonly { readonly path: string; readonly entry: LedgerEntry }[];
  readonly range: SourceRange;
  readonly idRange: SourceRange;
  readonly arnRange: SourceRange | undefined;
}

const NOTHING: ReadonlyMap<string, JsonNode> = new Map();

/** Undefined for what is no record. */
export function readRecord({ members, range }: ReadLine): ReadRecord | undefined {
  const [idNode, arnNode] = [members.get('id'), members.get('arn')];
  const [type, id] = [textOf(members.get('type')), textOf(idNode)];
  const [account, region] = [textOf(members.get('account')), textOf(members.get('region'))];
  const properties = membersOf(members.get('properties'));
  if (type === undefined || id === undefined || account === undefined || region === undefined) return undefined;
  if (properties === undefined || idNode === undefined) return undefined;
  const gaps = readGaps(members.get('gaps'), { account, region, parent: id, file: range.file });
  if (gaps === undefined) return undefined;
  const rangeOf = ({ start, end }: JsonNode): SourceRange => ({ file: range.file, start, end });
  const arn = textOf(arnNode);
  return {
    type,
    id,
    arn,
    account,
    region,
    properties,
    live: membersOf(members.get('live')) ?? NOTHING,
    gaps,
    range,
    idRange: rangeOf(idNode),
    arnRange: arn === undefined || arnNode === undefined ? undefined : rangeOf(arnNode),
  };
}

/** Undefined where one of them cannot be read: what is missing would seem to be there. */
export function readGaps(
  node: JsonNode | undefined,
  of: { readonly account: string; readonly region: string; readonly parent: string; readonly file: SourceFile },
): ReadRecord['gaps'] | undefined {
  if (node?.kind !== 'array') return undefined;
  const { file, ...place } = of;
  const gaps = node.elements.flatMap((element): ReadRecord['gaps'] => {
    const members = membersOf(element);
    const [path, operation] = [textOf(members?.get('path')), textOf(members?.get('operation'))];
    if (path === undefined || operation === undefined) return [];
    const range = { file, start: element.start, end: element.end };
    const state = toState(textOf(members?.get('state')));
    return [{ path, entry: { ...place, operation, state, permission: textOf(members?.get('permission')), range } }];
  });
  return gaps.length === node.elements.length ? gaps : undefined;
}
