import type { SnapshotJson } from '../../../model/snapshot.js';

/** A client of the SDK, as far as it is used here. */
export interface SdkClient {
  send(command: unknown, options: { readonly abortSignal: AbortSignal }): Promise<object>;
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
  readonly config: { region(): Promise<string>; credentials(): Promise<unknown> };
  destroy(): void;
}

export interface SdkSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly credentials?: unknown;
  readonly maxAttempts: number;
  readonly [name: string]: unknown;
}

/** A service: what is not among its commands cannot be called. */
export interface SdkService {
  create(settings: SdkSettings): SdkClient;
  readonly commands: Readonly<Record<string, new (input: { readonly [name: string]: SnapshotJson }) => unknown>>;
}

/** The SDK's classes have types of their own for every service, which say nothing here. */
export function sdkService(Client: unknown, commands: Readonly<Record<string, unknown>>): SdkService {
  const Created = Client as new (settings: SdkSettings) => SdkClient;
  return { create: (settings) => new Created(settings), commands: commands as SdkService['commands'] };
}
