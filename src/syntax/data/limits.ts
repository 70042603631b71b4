import { maxYamlDepth } from '../yaml/read-events.js';

/** SAFETY: how deep collections may nest, in YAML and in JSON. */
export const maxDataDepth = maxYamlDepth;

/** SAFETY: characters of a file. */
export const maxDataCharacters = 32 * 1024 * 1024;

/** SAFETY: documents of a file. */
export const maxDocuments = 100_000;

/** SAFETY: entries that merge keys may give one mapping. */
export const maxMergedEntries = 10_000;
