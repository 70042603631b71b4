// Unpacks the files of a folder one after the other, and says how many bytes they have.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { gunzipSync } = require('node:zlib');

let bytes = 0;
for (const entry of readdirSync(process.argv[2], { withFileTypes: true, recursive: true })) {
  if (entry.isFile()) bytes += gunzipSync(readFileSync(join(entry.path, entry.name)), { chunkSize: 1 << 24 }).length;
}
process.stdout.write(String(bytes));
