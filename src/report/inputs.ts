import type { ReportInput } from '../findings/report-input.js';
import { toDisplayPath } from './display-path.js';
import { clean, count, padTo, type Style, type TextOptions, toStyle, widthOf, wrap } from './terminal-text.js';

/** What `trueline inputs` shows: what a scan would read, and what not, and why. */
export interface InputsInput extends Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot'> {
  readonly roots: readonly InputRoot[];
  /** Files and folders that are no input, or are not read. */
  readonly notRead: readonly { readonly path: string; readonly kind: string; readonly reason: string }[];
}

export interface InputRoot {
  /** As in findings: the folder, plus `#name` where one folder is configured several times. */
  readonly root: string;
  /** `terraform`. */
  readonly kind: string;
  /** `deployment`, `module`, `example`. */
  readonly role: string;
  readonly files: readonly string[];
  readonly modules: number;
  readonly workspace: string;
  readonly varFiles: readonly string[];
  readonly variablesWithoutValue: readonly string[];
  readonly modulesNotInstalled: readonly { readonly address: string; readonly source: string }[];
}

const MAX_NAMES = 8;

/** Each root with its files, variable files and what it lacks; then what is not read. */
export function renderInputs(input: InputsInput, options: TextOptions): string {
  const style = toStyle(options);
  const roots = input.roots.map((root) => renderRoot(root, input, style));
  const notRead = renderNotRead(input, style);
  const files = new Set(input.roots.flatMap((root) => root.files)).size;
  const head =
    input.roots.length === 0
      ? 'Nothing would be read.'
      : `${count(input.roots.length, 'root')}, ${count(files, 'file')}; ${input.notRead.length} not read`;
  return [...roots, ...(notRead.length > 0 ? [notRead] : []), [head]]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function renderRoot(root: InputRoot, input: InputsInput, style: Style): string[] {
  const lines = [
    `${style.bold(clean(root.root))}   ${clean(root.kind)} ${root.role}, ${count(root.files.length, 'file')}, ${count(root.modules, 'module')}`,
  ];
  const add = (label: string, text: string) => {
    if (text !== '') lines.push(...wrap(text, `  ${padTo(label, 14)} `, style.proseWidth));
  };
  add('workspace', root.workspace === 'default' ? '' : clean(root.workspace));
  add('variables from', names(root.varFiles.map((path) => toDisplayPath(input, path))));
  add(
    'without value',
    names(
      root.variablesWithoutValue.map((name) =>
        root.kind === 'terraform' ? `var.${name.replace(/^var\./, '')}` : name,
      ),
    ),
  );
  for (const { address, source } of root.modulesNotInstalled) {
    add('not installed', `${clean(address)} from ${clean(source)}: run "terraform init"`);
  }
  return lines;
}

function names(list: readonly string[]): string {
  const shown = list.slice(0, MAX_NAMES).map(clean).join(', ');
  return list.length > MAX_NAMES ? `${shown} and ${list.length - MAX_NAMES} more` : shown;
}

function renderNotRead({ notRead, ...input }: InputsInput, style: Style): string[] {
  if (notRead.length === 0) return [];
  const rows = notRead.map(({ path, kind, reason }) => ({
    path: clean(toDisplayPath(input, path)),
    kind: clean(kind),
    reason: clean(reason),
  }));
  const width = Math.min(style.width >> 1, Math.max(...rows.map(({ path }) => widthOf(path))));
  return [
    style.bold('not read'),
    ...rows.map(({ path, kind, reason }) => `  ${padTo(path, width)}  ${kind}: ${reason}`),
  ];
}

/** The JSON form: `{ "roots": […], "notRead": […] }`, paths relative to the working directory. */
export function renderInputsJson(input: InputsInput): string {
  const display = (path: string) => toDisplayPath(input, path);
  const roots = input.roots.map((root) => ({
    root: root.root,
    kind: root.kind,
    role: root.role,
    files: root.files.map(display),
    modules: root.modules,
    workspace: root.workspace,
    varFiles: root.varFiles.map(display),
    variablesWithoutValue: root.variablesWithoutValue,
    modulesNotInstalled: root.modulesNotInstalled,
  }));
  const notRead = input.notRead.map(({ path, kind, reason }) => ({ path: display(path), kind, reason }));
  return `${JSON.stringify({ roots, notRead }, null, 2)}\n`;
}
