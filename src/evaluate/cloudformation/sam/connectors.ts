import type { Expansion } from './model.js';

export function expandConnectors(expansion: Expansion): void {
  void expansion;
}
