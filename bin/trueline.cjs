#!/usr/bin/env node
const { setFlagsFromString } = require('node:v8');

// A large repository is read once and little of it is kept: V8 would rather let the heap grow to twice what is live. And a
// run is over before most of what V8 would optimize has paid: it waits longer before it does, and puts less into one
// function. These releases of Node are known to have the flags; an unknown one would be complained of.
const major = Number(process.versions.node.split('.')[0]);
if (major >= 20 && major <= 24) {
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--interrupt-budget=400000');
  setFlagsFromString('--max-inlined-bytecode-size=150');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=150');
}

require('../dist/cli.cjs').start();
