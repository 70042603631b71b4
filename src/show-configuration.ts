import { CONFIGURATION_KEYS, type Configuration } from './config.js';
import { openProject, type ProjectOptions, toDisplayPath } from './project.js';
import { LineIndex } from './source/line-index.js';
import { relativePath } from './source/paths.js';
import { walkProject } from './walk.js';

/** What holds where nothing is written. */
const DEFAULTS: Readonly<Record<string, string>> = {
  root: 'false',
  exclude: '[]',
  gitignore: 'true',
  'policy-sets': '[default]',
  'policy-dirs': '[]',
  'min-severity': 'info',
  'fail-on': 'low',
  strict: 'false',
  'allow-incomplete': 'false',
  include: '[]',
  baseline: '.trueline/baseline.json',
  suppress: '{ inline: true, require-reason: ours, require-owner: false }',
};

/** The merged configuration, a line or block a key, each with the place where it is written or the word "default". */
export function showConfiguration(options: ProjectOptions): string {
  const project = openProject(options);
  const { configuration } = project;
  const lines = CONFIGURATION_KEYS.flatMap((key) => {
    const written = writtenLines(configuration, key, project.workingDirectory);
    const fallback = DEFAULTS[key];
    if (written !== undefined) return written;
    return fallback === undefined ? [] : [withOrigin(`${key}: ${fallback}`, 'default')];
  });
  const nested = walkProject(project).configurations.map(
    (path) => `# also, for its folder: ${toDisplayPath(project, path)}`,
  );
  return `${[...lines, ...nested].join('\n')}\n`;
}

function writtenLines(configuration: Configuration, key: string, workingDirectory: string): string[] | undefined {
  const range = configuration.places.get(key);
  if (range === undefined) return undefined;
  const index = new LineIndex(range.file.text);
  const first = index.position(range.start);
  const text = range.file.text.slice(range.start, range.end).trimEnd();
  const path = relativePath(workingDirectory, range.file.path);
  const isBlock = text.includes('\n') || range.file.text.slice(index.lineStart(first.line), range.start).trim() === '';
  if (!isBlock) return [withOrigin(`${key}: ${text}`, `${path}:${first.line}`)];
  const indent = ' '.repeat(first.column - 1);
  return [
    `${key}:`,
    ...`${indent}${text}`.split('\n').map((line, offset) => withOrigin(line, `${path}:${first.line + offset}`)),
  ];
}

function withOrigin(line: string, origin: string): string {
  return `${line.padEnd(56)}  # ${origin}`;
}
