import type { CloudFormationSchema, CloudFormationSchemas } from './cloudformation-schema.js';
import { type CloudFormationTable, parseCloudFormationTable } from './cloudformation-table.js';
import { cloudFormationTable } from './generated/cloudformation-schemas.js';

export type { CloudFormationSchema, CloudFormationSchemas, PropertySchema } from './cloudformation-schema.js';

let table: CloudFormationTable | undefined;
const known = new Map<string, CloudFormationSchema | undefined>();

/** The schemas of all resource types of CloudFormation. The table is read when the first type is asked for, a type when it is. */
export const cloudFormationSchemas: CloudFormationSchemas = {
  resource: (type) => {
    if (!known.has(type)) known.set(type, read().resource(type));
    return known.get(type);
  },
  get resourceTypes() {
    return read().resourceTypes;
  },
};

function read(): CloudFormationTable {
  table ??= parseCloudFormationTable(cloudFormationTable());
  return table;
}
