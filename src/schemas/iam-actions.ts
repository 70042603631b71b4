import { iamActionTable } from './generated/iam-actions.js';
import { type IamActions, parseIamActions } from './iam-action-table.js';

let table: IamActions | undefined;

/** The actions of all services of AWS, with their resource types and condition keys. The table is read when it is first asked for. */
export function iamActions(): IamActions {
  table ??= parseIamActions(iamActionTable());
  return table;
}
