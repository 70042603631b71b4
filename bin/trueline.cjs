#!/usr/bin/env node
const { setFlagsFromString } = require('node:v8');

// A large repository is read once and little of it is kept: V8 would rather let the heap grow to twice what is live. These
// releases of Node are known to have the flag; an unknown one would be complained of.
const major = Number(process.versions.node.split('.')[0]);
if (major >= 20 && major <= 24) setFlagsFromString('--heap-growing-percent=50');

require('../dist/cli.cjs').start();
