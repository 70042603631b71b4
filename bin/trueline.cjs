#!/usr/bin/env node
const { setFlagsFromString } = require('node:v8');

// A large repository is read once and little of it is kept: V8 would rather let the heap grow to twice what is live, and
// where it helps its youngest part fast. And a run is over before most of what V8 would optimize has paid: it puts less into
// one function, and waits longer before it optimizes.
const ALWAYS = [
  '--heap-growing-percent=100',
  '--max-inlined-bytecode-size=150',
  '--max-inlined-bytecode-size-cumulative=150',
];

// By the release of Node: V8 complains of a flag that it does not know. What was not tried runs without.
const FLAGS = {
  20: [
    ...ALWAYS,
    '--semi-space-growth-factor=4',
    '--interrupt-budget=400000',
    '--interrupt-budget-for-feedback-allocation=2000',
  ],
  22: [...ALWAYS, '--invocation-count-for-turbofan=10000'],
  24: ALWAYS,
};

for (const flag of FLAGS[process.versions.node.split('.')[0]] ?? []) setFlagsFromString(flag);

require('../dist/cli.cjs').start();
