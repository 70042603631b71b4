/** Global keys of several values: IAM User Guide, "AWS global condition context keys". */
export const MULTIVALUED: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
]);
