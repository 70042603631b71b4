/** The file of the threads that read logs; undefined outside of the bundle: there one thread does it all. The build writes it. */
export function workerFile(): string | undefined {
  return undefined;
}
