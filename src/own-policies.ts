import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ShapeCatalogue } from './model/shape.js';
import { nodeFileSystem } from './node-file-system.js';
import { type LoadedPolicies, loadPolicies } from './policy/index.js';
import { type Project, UsageError } from './project.js';
import { maxConfigurationBytes } from './read-setting.js';
import { decodeUtf8 } from './source/decode-utf8.js';
import type { Diagnostic, DiagnosticCode } from './source/diagnostic.js';
import type { FileSystem } from './source/file-system.js';
import { joinPath } from './source/paths.js';
import type { SourceFile } from './source/source-file.js';

/** SAFETY: the most policy files that are read, all folders together. */
const maxPolicyFiles = 10_000;
/** SAFETY: the most entries of folders that are looked at for them. */
const maxPolicyEntries = 100_000;
/** SAFETY: what the policy files may have together; a policy has some two kilobytes. */
const maxPolicyBytes = 64 * 1024 * 1024;

const NOTHING_LOADED: LoadedPolicies = { policies: [], diagnostics: [], notLoaded: [] };

/** The policies of folders, relative to the project root or beyond it. Throws `UsageError` for one that does not exist. */
export function loadOwnPolicies(project: Project, shapes: ShapeCatalogue, folders: readonly string[]): LoadedPolicies {
  if (folders.length === 0) return NOTHING_LOADED;
  const reader = new PolicyFolderReader();
  for (const folder of folders) {
    // Policies may be kept outside the project; what is scanned may not.
    const absolute = resolve(project.root, folder);
    if (!existsSync(absolute) || !statSync(absolute).isDirectory())
      throw new UsageError(`The policy folder "${folder}" does not exist.`);
    reader.read(nodeFileSystem(absolute), folder);
  }
  const loaded = loadPolicies(reader.sources, shapes);
  return { ...loaded, diagnostics: [...reader.diagnostics, ...loaded.diagnostics] };
}

class PolicyFolderReader {
  readonly sources: SourceFile[] = [];
  readonly diagnostics: Diagnostic[] = [];
  #entries = 0;
  #bytes = 0;
  #isFull = false;

  read(fileSystem: FileSystem, base: string): void {
    const pending = [''];
    for (let folder = pending.pop(); folder !== undefined && !this.#isFull; folder = pending.pop()) {
      const listing = fileSystem.readDirectory(folder);
      const path = joinPath(base, folder);
      if (!listing.ok) {
        this.#note('folder-unreadable', `"${path}" cannot be listed (${listing.failure}).`, path);
        continue;
      }
      this.#entries += listing.value.length;
      for (const { name, kind, isLink } of listing.value) {
        if (kind === 'folder' && !isLink && !name.startsWith('.')) pending.push(joinPath(folder, name));
        else if (kind !== 'folder' && (name === 'policy.yaml' || name.endsWith('.policy.yaml')))
          this.#add(fileSystem, joinPath(folder, name), joinPath(path, name));
        if (this.#isFull) return;
      }
      if (this.#entries > maxPolicyEntries) this.#stop(path, `more than ${maxPolicyEntries} files and folders`);
    }
  }

  #add(fileSystem: FileSystem, inside: string, path: string): void {
    if (this.sources.length >= maxPolicyFiles) {
      this.#stop(path, `more than ${maxPolicyFiles} policy files`);
      return;
    }
    const read = fileSystem.readFile(inside);
    if (!read.ok || read.value.length > maxConfigurationBytes) {
      const failure = read.ok ? 'too-large' : read.failure;
      const code = failure === 'too-large' ? 'file-too-large' : 'file-unreadable';
      this.#note(code, `The policy file "${path}" cannot be read (${failure}).`, path);
      return;
    }
    this.#bytes += read.value.length;
    const text = decodeUtf8(read.value);
    if (this.#bytes > maxPolicyBytes) this.#stop(path, `more than ${maxPolicyBytes} bytes of policies`);
    else if (text === undefined) this.#note('file-not-utf8', `The policy file "${path}" is not UTF-8.`, path);
    else this.sources.push({ path, text });
  }

  #stop(path: string, what: string): void {
    this.#isFull = true;
    this.#note('limit-reached', `The policy folders hold ${what}: what comes from here on is not read.`, path);
  }

  #note(code: DiagnosticCode, message: string, path: string): void {
    this.diagnostics.push({ code, message, path });
  }
}
