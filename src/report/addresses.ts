/** An address beside another of the same module instance does not repeat the module. */
export function withoutSharedModule(address: string, beside: string): string {
  const module = /^(?:module\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.)+/.exec(beside)?.[0] ?? '';
  return address.startsWith(module) ? address.slice(module.length) : address;
}
