/** Global keys of several values: IAM User Guide, "AWS global condition context keys". */
export const MULTIVALUED: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
]);

/** `s3:ExistingObjectTag/<key>` and `${TagKey}` stand for any name. */
export function isKey(written: string, key: string): boolean {
  const lower = written.toLowerCase();
  const at = lower.search(/\$\{|</);
  return at === -1 ? lower === key : key.startsWith(lower.slice(0, at)) && key.length > at;
}
