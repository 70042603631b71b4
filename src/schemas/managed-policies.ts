import { brotliDecompressSync } from 'node:zlib';
import { managedPolicyTable } from './generated/managed-policies.js';
import { type ManagedPolicies, parseManagedPolicies } from './managed-policy-table.js';

let table: ManagedPolicies | undefined;

/** The policies that AWS manages, as they were on a day. The table is unpacked when it is first asked for. */
export function managedPolicies(): ManagedPolicies {
  table ??= parseManagedPolicies(unpackManagedPolicies(managedPolicyTable()));
  return table;
}

/** The text of the table: it is committed as Brotli in base 64, a tenth of its size. */
export function unpackManagedPolicies(packed: string): string {
  return brotliDecompressSync(Buffer.from(packed, 'base64')).toString('latin1');
}
