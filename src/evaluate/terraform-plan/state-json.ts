import type { JsonReading } from './json-reading.js';
import { PlanBuilder, readStateModule } from './plan-json.js';
import { isKnownFormat } from './versions.js';

/** The JSON that `terraform show -json` prints of a state. */
export function readStateJson(reading: JsonReading): void {
  if (!isKnownFormat(reading.plain('format_version'))) return;
  const values = reading.outline.members(reading.members.get('values')?.start ?? -1);
  const root = values?.get('root_module');
  const found = root === undefined ? [] : readStateModule(reading, root, '', () => true);
  const builder = new PlanBuilder(reading, undefined, undefined, found);
  for (const resource of found) reading.resources.push(builder.toRaw(resource));
}
